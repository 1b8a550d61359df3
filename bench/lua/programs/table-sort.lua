-- table.insert, table.sort with and without a comparator, table.remove.
return function(n)
  local seed = 42
  local function random()
    seed = (seed * 16807) % 2147483647
    return seed
  end
  local numbers, records = {}, {}
  for i = 1, n do
    local r = random()
    table.insert(numbers, r)
    table.insert(records, {key = r % 1000, id = i})
  end
  table.sort(numbers)
  table.sort(records, function(a, b)
    if a.key ~= b.key then return a.key < b.key end
    return a.id < b.id
  end)
  table.sort(numbers, function(a, b) return a > b end)
  local sum = 0
  for i = 1, n, 7 do sum = (sum + numbers[i] % 1009 * i + records[i].id) % 1000000007 end
  while #numbers > n / 2 do sum = (sum + table.remove(numbers)) % 1000000007 end
  return sum
end
