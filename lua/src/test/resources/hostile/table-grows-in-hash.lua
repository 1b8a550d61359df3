-- fails: not enough memory
local t = {}
for i = 1, math.maxinteger do t["k" .. i] = i end
