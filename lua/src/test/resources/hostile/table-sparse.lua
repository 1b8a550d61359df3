-- ends
local t = {}
for i = 0, 62 do t[1 << i] = i end
t[math.maxinteger], t[math.mininteger] = 1, 2
assert(type(#t) == "number")
