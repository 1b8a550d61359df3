-- pauses
local t = {}
for i = 1, 1000 do t[i] = i end
while true do table.pack(table.unpack(t, 1, 400000)) end
