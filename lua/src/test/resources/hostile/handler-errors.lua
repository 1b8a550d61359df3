-- ends
local ok, m = xpcall(error, function(m) error(m) end, "x")
assert(not ok)
ok, m = xpcall(error, function(m) local function f() return 1 + f() end return f() end, "x")
assert(not ok)
local function handler(m) return xpcall(error, handler, m) end
print(xpcall(error, handler, "x"))
