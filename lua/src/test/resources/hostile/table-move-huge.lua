-- ends
assert(not pcall(table.move, {}, 1, math.maxinteger, 2))
assert(not pcall(table.move, {}, -1, math.maxinteger, 2))
assert(not pcall(table.move, {}, 1, 2, math.maxinteger))
table.move({}, math.maxinteger, math.mininteger, 1)
