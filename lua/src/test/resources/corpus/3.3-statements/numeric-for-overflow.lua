-- The loop never wraps around.
local function run(a, b, c) local out = {} for i = a, b, c do out[#out + 1] = i if #out > 5 then break end end print(#out, table.concat(out, " ")) end
run(math.maxinteger - 2, math.maxinteger, 1)
run(math.maxinteger - 2, math.maxinteger, 2)
run(math.mininteger + 2, math.mininteger, -1)
run(math.mininteger, math.maxinteger, math.maxinteger)
run(math.maxinteger, math.mininteger, math.mininteger)
run(1, 2^70, 2^62 // 1 | 0)
run(math.maxinteger, 2^63, 1)
run(math.mininteger, -2^63, -1)
run(1, -2^70, 1)
run(-1, 2^70, -1)
run(1, 0/0, 1)
