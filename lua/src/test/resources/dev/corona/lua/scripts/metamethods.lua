local log = {}
local function meta(name) return function(a, b) log[#log + 1] = name return name end end
local mt = {}
for _, n in ipairs{"add", "sub", "mul", "div", "mod", "pow", "unm", "idiv", "band", "bor", "bxor", "shl", "shr", "bnot", "concat", "len"} do mt["__" .. n] = meta(n) end
mt.__lt = function() return true end mt.__le = function() return false end mt.__eq = function() return true end
mt.__call = function(self, ...) return "called", ... end
mt.__index = function(t, k) return "index " .. tostring(k) end
local a, b = setmetatable({}, mt), setmetatable({}, mt)
print(a + 1, 1 - a, a * a, a / 2, a % 2, a ^ 2, -a, a // 2, a & 1, 1 | a, a ~ 1, a << 1, 1 >> a, ~a, a .. "x", "x" .. a, 1 .. a, #a)
print(a < b, a <= b, a > b, a >= b, a == b, a ~= b, a == 1)
print(a(1, 2), a.foo, a[1], a[1.5])
local store = setmetatable({}, {__newindex = function(t, k, v) rawset(t, k, v * 2) end})
store.x = 5 store[1] = 6 print(store.x, store[1]) store.x = 7 print(store.x)
local base = {greet = function(self) return "hi " .. self.name end}
base.__index = base
local derived = setmetatable({}, base) derived.__index = derived
local o = setmetatable({name = "o"}, derived) print(o:greet())
local proxy = setmetatable({}, {__index = base, __newindex = base}) proxy.z = 9 print(rawget(proxy, "z"), base.z, proxy.z)
print(pcall(function() return a.b.c.d end)) print(pcall(function() return setmetatable({}, {__index = 5}).x end))
print(pcall(function() local t = setmetatable({}, {__call = 5}) t() end))
print(rawequal(a, b), rawlen({1, 2}), rawget(a, "foo"))
local cc = setmetatable({}, {__call = setmetatable({}, {__call = function(self, other, x) return "deep", x end})}) print(cc(3))
print(pcall(function() return {} < {} end)) print(pcall(function() return {} < 1 end)) print(pcall(function() return "a" < 1 end)) print(pcall(function() return {} .. "x" end)) print(pcall(function() return #5 end)) print(pcall(function() return -{} end))
print(tostring(setmetatable({}, {__tostring = function() return "shown" end})), tostring(setmetatable({}, {__name = "My"})):match("^My: ") ~= nil)
