-- pauses
local t = {}
for i = 1, 200000 do t[i] = i end
local function sum(...) local s = 0 for i = 1, select("#", ...) do s = s + select(i, ...) end return s end
return sum(table.unpack(t))
