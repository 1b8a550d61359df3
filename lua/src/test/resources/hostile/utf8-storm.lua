-- pauses
local t = {}
for i = 1, 200 do t[i] = 0x7FFFFFFF end
while true do utf8.len(utf8.char(table.unpack(t)):rep(1000), 1, -1, true) end
