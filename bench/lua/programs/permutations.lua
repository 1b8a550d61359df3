-- Permutations by a coroutine that yields from a recursion.
local function permute(list, n)
  if n == 0 then
    coroutine.yield(list)
    return
  end
  for i = 1, n do
    list[n], list[i] = list[i], list[n]
    permute(list, n - 1)
    list[n], list[i] = list[i], list[n]
  end
end

local function permutations(n)
  local list = {}
  for i = 1, n do list[i] = i end
  local co = coroutine.create(permute)
  return function()
    local _, permutation = coroutine.resume(co, list, n)
    return permutation
  end
end

return function(n)
  local sum = 0
  for p in permutations(n) do sum = (sum * 3 + p[1] * 2 + p[n]) % 1000003 end
  return sum
end
