-- ends
local t = {}
for i = 1, 1000 do t[i] = (i * 7919) % 1000 end
print(pcall(table.sort, t, function(a, b) for i = 1, 10 do t[#t] = nil end t[#t + 1] = 1 return (a or 0) < (b or 0) end))
