-- Coroutines inside of coroutines, each with its own stack.
local function level(n)
  return coroutine.wrap(function()
    if n == 0 then coroutine.yield("leaf") return end
    local inner = level(n - 1)
    for v in inner do coroutine.yield(n .. v) end
    coroutine.yield("after" .. n)
  end)
end
for v in level(3) do io.write(v, " ") end
print()
