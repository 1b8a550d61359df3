local function counter() local n = 0 return function() n = n + 1 return n end, function() return n end, function(v) n = v end end
local inc, get, set = counter() print(inc(), inc(), get()) set(10) print(inc(), get())
local inc2 = counter() print(inc2())
local function nest() local x = 1 return function() local y = x return function() x = x + 1 y = y + 10 return x, y end end end
local mk = nest() local a, b = mk(), mk() print(a()) print(a()) print(b())
local fs = {} for i = 1, 2 do local shared = i * 10 fs[i] = {function() shared = shared + 1 return shared end, function() return shared end} end
print(fs[1][1](), fs[1][2](), fs[2][2]())
