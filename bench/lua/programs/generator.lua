-- Values from coroutines: one that counts, filtered by another, and walks over a tree.
local yield, wrap = coroutine.yield, coroutine.wrap

local function numbers(n)
  return wrap(function()
    for i = 1, n do yield(i) end
  end)
end

local function odd(source)
  return wrap(function()
    for value in source do
      if value % 2 == 1 then yield(value) end
    end
  end)
end

local function build(low, high)
  if low > high then return nil end
  local middle = math.floor((low + high) / 2)
  return {left = build(low, middle - 1), value = middle, right = build(middle + 1, high)}
end

local function walk(tree)
  if not tree then return end
  walk(tree.left)
  yield(tree.value)
  walk(tree.right)
end

return function(n)
  local sum = 0
  for value in odd(numbers(n)) do sum = (sum + value) % 1000000007 end
  local tree = build(1, 255)
  for _ = 1, n / 500 do
    local steps = 0
    for value in wrap(function() walk(tree) end) do
      steps = steps + 1
      sum = (sum + value * steps) % 1000000007
    end
  end
  return sum
end
