print(-5, - -5, -0, -0.0, -(-0.0), -math.mininteger, -math.maxinteger, -"2", -"0x10", -"1.5", - "-3")
print(-2 ^ 2, -3 % 5, - 2 * 3, -1 + 2, not -1)
print(pcall(function() return -{} end)) print(pcall(function() return -"x" end)) print(pcall(function() return -nil end))
