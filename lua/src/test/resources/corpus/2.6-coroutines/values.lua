-- Values go in and out, nil and many of them too.
local co = coroutine.create(function(...)
  print("args", select("#", ...), ...)
  print("got", coroutine.yield())
  print("got", coroutine.yield(nil))
  print("got", coroutine.yield(1, nil, 3, nil))
  return nil, "last", nil
end)
print(select("#", coroutine.resume(co, nil, 2, nil)))
print(coroutine.resume(co))
print(coroutine.resume(co, nil, nil))
print(coroutine.resume(co, "a", "b"))
print(coroutine.resume(co, "c"))
