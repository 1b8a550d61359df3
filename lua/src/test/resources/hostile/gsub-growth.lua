-- fails: resulting string too large
local s = "xx"
while true do s = s:gsub("x", "xxxxxxxx") end
