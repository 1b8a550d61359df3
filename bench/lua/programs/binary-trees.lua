-- Many small tables that soon are garbage.
local function build(depth)
  if depth == 0 then return {} end
  return {build(depth - 1), build(depth - 1)}
end

local function count(tree)
  if tree[1] then return 1 + count(tree[1]) + count(tree[2]) end
  return 1
end

return function(n)
  local long = build(n)
  local sum = 0
  for depth = 4, n, 2 do
    for _ = 1, 2 ^ (n - depth + 2) do sum = sum + count(build(depth)) end
  end
  return sum + count(long)
end
