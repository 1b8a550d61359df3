-- The four states.
local co, other
co = coroutine.create(function()
  print("inside", coroutine.status(co), coroutine.running() == co)
  other = coroutine.create(function() print("nested", coroutine.status(co), coroutine.status(other)) end)
  coroutine.resume(other)
  coroutine.yield()
end)
print(coroutine.status(co))
coroutine.resume(co)
print(coroutine.status(co), coroutine.status(other))
coroutine.resume(co)
print(coroutine.status(co))
