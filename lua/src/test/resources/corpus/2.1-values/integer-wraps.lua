-- Integers wrap around.
print(math.maxinteger + 1 == math.mininteger, math.mininteger - 1 == math.maxinteger)
print(math.maxinteger * 2, math.mininteger * -1, -math.mininteger == math.mininteger)
print(math.maxinteger * math.maxinteger, 5000000000 * 5000000000)
local x = 1
for i = 1, 64 do x = x * 3 end
print(x)
local f = 1
for i = 1, 25 do f = f * i end
print(f)
