-- Strings that read as numbers become numbers in arithmetic; numbers become strings in concatenation.
print("10" + 1, "10" * "10", 10 .. "", 1.5 .. "|", -0.0 .. "", 2^63 .. "", 1e100 .. "", "0x1p4" + 0, "  12  " + 0, "\t1\n" + 0)
print(pcall(function() return "1 2" + 1 end)) print(pcall(function() return "" + 1 end)) print(pcall(function() return "0x" + 1 end)) print(pcall(function() return "1e" + 1 end))
print("10" == 10, "10" < "9", pcall(function() return "10" < 9 end))
print("9223372036854775807" + 0, "9223372036854775808" + 0, "-9223372036854775808" + 0, "0xffffffffffffffff" + 0)
print(10 // "3", "7" % 4, "2" ^ 2, -"5", "0x10" // 1, "1e1" // 1)
