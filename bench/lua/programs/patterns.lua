-- find, match, gmatch and gsub on text of words and numbers.
local names = {"alpha", "beta", "gamma", "delta", "epsilon"}
local lines = {}
for i = 1, 200 do
  lines[i] = string.format("%s_%d = %d, [%s] -- note %d", names[i % 5 + 1], i, i * 37, names[i % 3 + 1], i % 7)
end
local text = table.concat(lines, "\n")

return function(n)
  local total = 0
  for _ = 1, n do
    for name, value in text:gmatch("(%a+_%d+)%s*=%s*(%d+)") do total = total + #name + tonumber(value) end
    local replaced, count = text:gsub("%[(%w+)%]", "<%1>")
    total = total + #replaced + count
    local _, words = text:gsub("%f[%w]%w+", function(w) if #w > 4 then return "" end end)
    total = total + words
    for _, line in ipairs(lines) do
      local comment = line:match("%-%-%s*(.-)%s*$")
      total = total + #comment
      if line:find("gamma", 1, true) then total = total + 1 end
      if line:find("^%a+_%d*5 ") then total = total + 2 end
    end
    total = total % 1000000007
  end
  return total
end
