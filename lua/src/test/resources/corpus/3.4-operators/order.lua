print(1 < 2, 2 <= 2, 2 > 3, 3 >= 3, 1 < 1.5, 1.5 < 2, -1 < 0.0, 2^53 < 9007199254740993, math.maxinteger < math.huge, -math.huge < math.mininteger)
print("a" < "b", "a" < "B", "" < "a", "a" < "aa", "Z" < "a", "10" < "9", "\0" < "\1", "a\0b" < "a\0c", "\xff" > "a")
for _, p in ipairs{{1, "1"}, {{}, {}}, {nil, 1}, {true, false}, {print, print}, {"a", 1}} do print(pcall(function() return p[1] < p[2] end)) end
print(pcall(function() return {} <= 1 end)) print(pcall(function() return nil > nil end)) print(pcall(function() return 1 >= "x" end))
print(math.maxinteger + 0.0 > math.maxinteger, math.maxinteger < 2^63, math.mininteger <= -2^63, 1 < 0/0, 1 >= 0/0)
