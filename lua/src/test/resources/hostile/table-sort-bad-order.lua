-- ends
local t = {}
for i = 1, 2000 do t[i] = i end
print(pcall(table.sort, t, function() return true end))
print(pcall(table.sort, t, function(a, b) return math.random(2) == 1 end))
