-- ends
local t = {}
for i = 1, 200 do t[i] = pcall end
print(pcall(table.unpack(t)))
local f = pcall
for i = 1, 200000 do local g = f f = function() return g(error) end end
print(pcall(f))
