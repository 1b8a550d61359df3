-- fails: not enough memory
local f
for i = 1, math.maxinteger do local g = f f = function() return g, i end end
