-- ends
local function f(n) return coroutine.wrap(function() return f(n + 1) end)() end
local ok, m = pcall(f, 1)
assert(not ok and tostring(m):find("overflow"), m)
