-- What cannot be resumed says so.
local co
co = coroutine.create(function() print(coroutine.resume(co)) end)
print(coroutine.resume(co))
print(coroutine.resume(co))
print(coroutine.resume(coroutine.running()))
local outer
outer = coroutine.create(function() coroutine.wrap(function() print(coroutine.resume(outer)) end)() end)
coroutine.resume(outer)
print(pcall(coroutine.resume, 1))
print(pcall(coroutine.create, 1))
print(pcall(coroutine.wrap))
print(pcall(coroutine.status, {}))
