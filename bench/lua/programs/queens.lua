-- All ways to place n queens: recursion, arrays of booleans.
local function place(row, n, columns, up, down)
  if row > n then return 1 end
  local found = 0
  for column = 1, n do
    if not columns[column] and not up[row + column] and not down[row - column + n] then
      columns[column], up[row + column], down[row - column + n] = true, true, true
      found = found + place(row + 1, n, columns, up, down)
      columns[column], up[row + column], down[row - column + n] = false, false, false
    end
  end
  return found
end

return function(n)
  local columns, up, down = {}, {}, {}
  for i = 1, n do columns[i] = false end
  for i = 1, 2 * n do up[i], down[i] = false, false end
  return place(1, n, columns, up, down)
end
