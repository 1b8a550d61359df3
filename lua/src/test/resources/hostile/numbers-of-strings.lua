-- pauses
local s = ("9"):rep(1000000)
while true do local x = tonumber(s) x = s + 1 end
