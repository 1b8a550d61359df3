-- Concatenation, format, concat of a table, rep, sub, upper.
return function(n)
  local total = 0
  for round = 1, n do
    local parts = {}
    for i = 1, 100 do
      parts[#parts + 1] = "item " .. i .. "=" .. (i * round) .. ";"
      parts[#parts + 1] = string.format("%05d:%s|", i, "x")
    end
    local text = table.concat(parts, ",")
    local line = ""
    for i = 1, 50 do line = line .. text:sub(i, i + 3) end
    total = (total + #text + #line:upper() + #line:rep(3) + line:byte(7)) % 1000000007
  end
  return total
end
