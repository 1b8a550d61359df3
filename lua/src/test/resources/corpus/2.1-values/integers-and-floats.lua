-- Two subtypes of number; conversions keep the value.
print(math.type(1), math.type(1.0), math.type("1"), math.type(2^31), math.type(1e2))
print(1 == 1.0, "1" == 1, 0 == -0, 0.0 == -0.0, 1 < 1.5, 2^53 == 2^53 + 1)
print(9007199254740993 == 9007199254740992.0, 9007199254740993 < 9007199254740992.0, 9007199254740993 > 9007199254740992.0)
print(math.maxinteger + 0.0 == math.maxinteger, math.maxinteger + 0.0 == 2^63, math.mininteger + 0.0 == math.mininteger)
print(math.maxinteger < 2^63, math.maxinteger <= 2^63, math.mininteger <= -2^63, math.mininteger < -2^63)
print(1e308 * 10 == math.huge, -1e308 * 10 == -math.huge, 1 < math.huge, math.mininteger > -math.huge)
