print(1 + 2, 1 + 2.0, 7 // 2, -7 // 2, 7 // -2, 7.5 // 2, -7.5 // 2, 7 % 3, -7 % 3, 7 % -3, -7 % -3, 7.5 % 2, -7.5 % 2, 5 % math.huge, -5 % math.huge)
print(1 / 2, 4 / 2, 2 ^ 10, 2 ^ 0.5, 1 // 0.0, -1 // 0.0, 0.0 / 0.0 ~= 0.0 / 0.0)
print(math.maxinteger + 1 == math.mininteger, math.mininteger // -1, math.mininteger % -1, math.maxinteger * 2)
print(1 << 63, 1 << 64, 1 >> 1, -1 >> 1, -1 >> 63, 1 << -1, 2 >> -1, ~5, 5 & 3, 5 | 3, 5 ~ 3, 2.0 | 1)
print("10" + 5, "0x10" * 2, "3.0" + 1, 10 .. 20, -"2", "5" // 2, "7" % "4")
print(1 == 1.0, math.type(1), math.type(1.0), 1 < 1.5, 2^53 == 2^53 + 1, math.maxinteger < math.huge, math.maxinteger + 0.0 == math.maxinteger, math.mininteger <= -2^63)
print(pcall(function() return 1 // 0 end)) print(pcall(function() return 1 % 0 end))
print(pcall(function() return 1.5 | 1 end)) print(pcall(function() return "a" + 1 end)) print(pcall(function() return {} + 1 end)) print(pcall(function() return 2^63 | 0 end)) print(pcall(function() return "a" | 1 end))
local x, y = 10, 3.0
print(x + y, x - y, x * y, x / y, x // y, x % y, x ^ y, -x, -y, x < y, x <= y, x == y, x ~= y)
print(0x7fffffffffffffff, 0xffffffffffffffff, 0x1p4, 1e15, 1e16, 123456789012345678, 0.1, 1/3, 100.0, -0.0, 1e100, 3.14159265358979)
for _, f in ipairs{1, 1.5, "2", "x", {}} do print(pcall(function() return f + 1 end)) end
for i = 1, 3 do print(i) end for i = 3, 1, -1 do print(i) end for i = 1, 0 do print("no") end for i = 1.0, 2, 0.5 do print(i) end for i = 1, 2.5 do print(i) end
for i = math.maxinteger - 1, math.maxinteger do io.write(i, " ") end for i = math.mininteger, math.mininteger + 2, 2 do io.write(i, " ") end print()
print(pcall(function() for i = 1, 10, 0 do end end)) print(pcall(function() for i = 'x', 10 do end end)) print(pcall(function() for i = 1, {} do end end)) print(pcall(function() for i = 1, 2, 'y' do end end))
local lo, hi, st = 1, 3, 1 for i = lo, hi, st do print(i) end lo = 1.5 for i = lo, hi do print(i) end
