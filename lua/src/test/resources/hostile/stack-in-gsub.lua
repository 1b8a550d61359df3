-- ends
local function f(s) return (s:gsub(".", f)) end
local ok, m = pcall(f, "x")
assert(not ok and (tostring(m):find("overflow") or m == "not enough memory"), m)
