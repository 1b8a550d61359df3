-- Words of a text counted in a table, and sorted by their number.
local stems = {"river", "stone", "cloud", "ember", "field", "glass", "harbor", "island", "jungle", "kernel"}
local endings = {"", "s", "let", "like", "ward", "less"}
local words = {}
local seed = 7
for i = 1, 4000 do
  seed = (seed * 16807) % 2147483647
  words[i] = stems[seed % 10 + 1] .. endings[seed % 6 + 1] .. (seed % 17 == 0 and "," or "")
end
local text = table.concat(words, " ")

return function(n)
  local total = 0
  for _ = 1, n do
    local counts, order = {}, {}
    for word in text:gmatch("%a+") do
      local known = counts[word]
      if known then
        counts[word] = known + 1
      else
        counts[word] = 1
        order[#order + 1] = word
      end
    end
    table.sort(order, function(a, b)
      if counts[a] ~= counts[b] then return counts[a] > counts[b] end
      return a < b
    end)
    for i, word in ipairs(order) do total = (total + i * counts[word] * #word) % 1000000007 end
  end
  return total
end
