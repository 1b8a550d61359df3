-- ends
local function f(a, b) table.sort({ 3, 2, 1 }, f) return a < b end
local ok, m = pcall(f, 1, 2)
assert(not ok and (tostring(m):find("overflow") or m == "not enough memory"), m)
