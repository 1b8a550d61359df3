-- ends
assert(select(math.maxinteger, 1, 2) == nil)
assert(not pcall(select, math.mininteger, 1))
assert(not pcall(select, 0))
assert(not pcall(select, -5, 1, 2))
