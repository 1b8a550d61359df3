local function closer(name) return setmetatable({}, {__close = function(_, e) print("close", name, e) end}) end
local co = coroutine.create(function()
  local a <close> = closer("a")
  do local b <close> = closer("b") coroutine.yield(1) end
  print("not reached")
end)
print(coroutine.resume(co))
print(coroutine.close(co), coroutine.status(co))
print(coroutine.resume(co))
print(coroutine.close(coroutine.create(print)))
local done = coroutine.create(function() return 1 end)
coroutine.resume(done)
print(coroutine.close(done))
print(pcall(coroutine.close, coroutine.running()))
local inside
inside = coroutine.create(function() return pcall(coroutine.close, inside) end)
print(coroutine.resume(inside))
print(pcall(coroutine.close, 1))
