-- pauses
local f = ("%d"):rep(200000)
local t = {}
for i = 1, 200000 do t[i] = i end
while true do f:format(table.unpack(t)) end
