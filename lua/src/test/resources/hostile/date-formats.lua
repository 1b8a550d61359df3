-- ends
assert(not pcall(os.date, ("%Ez"):rep(10)))
assert(not pcall(os.time, { year = math.maxinteger, month = 1, day = 1 }))
assert(not pcall(os.date, "%c", math.maxinteger))
