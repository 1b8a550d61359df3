-- Loops over floats in local variables.
return function(n)
  local inside = 0
  for row = 0, n - 1 do
    local ci = 2.0 * row / n - 1.0
    for column = 0, n - 1 do
      local cr = 2.0 * column / n - 1.5
      local zr, zi, rr, ii = 0.0, 0.0, 0.0, 0.0
      local escaped = false
      for _ = 1, 50 do
        zi = 2.0 * zr * zi + ci
        zr = rr - ii + cr
        rr, ii = zr * zr, zi * zi
        if rr + ii > 4.0 then
          escaped = true
          break
        end
      end
      if not escaped then inside = inside + 1 end
    end
  end
  return inside
end
