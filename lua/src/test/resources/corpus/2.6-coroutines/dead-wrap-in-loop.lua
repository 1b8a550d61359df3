-- for ends when the function returns nil; a dead wrap must not be called again.
local calls = 0
for v in coroutine.wrap(function() coroutine.yield(1) coroutine.yield(2) end) do calls = calls + v end
print(calls)
local g = coroutine.wrap(function() end)
print(g())
print(pcall(g))
