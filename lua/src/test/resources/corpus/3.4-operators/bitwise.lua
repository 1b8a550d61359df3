print(5 & 3, 5 | 3, 5 ~ 3, ~5, 1 << 4, 256 >> 4, -1 >> 60, -1 << 60, ~0, ~-1)
print(1 << 62, 1 << 63, 1 << 64, 1 << 100, 1 << -1, 8 >> -1, -1 >> 63, -1 >> 64, 1 >> -63, 1 << math.mininteger, 1 >> math.maxinteger)
print(0xff & 0x0f | 0x30 ~ 1, 1 | 2 ~ 3 & 4, 1 << 2 + 1, 2.0 & 3, 1e3 | 0)
for _, s in ipairs{"3", "0xff", "2.0", "x"} do print(pcall(function() return s | 1 end), pcall(function() return 1 & s end)) end
print(math.mininteger & math.maxinteger, math.mininteger | math.maxinteger, 0xffffffffffffffff ~ 0)
print(pcall(function() return 1.5 & 1 end)) print(pcall(function() return 1 | {} end))
print(pcall(function() return 2^63 | 0 end)) print(pcall(function() return ~1.5 end)) print(pcall(function() return "a" << 1 end))
