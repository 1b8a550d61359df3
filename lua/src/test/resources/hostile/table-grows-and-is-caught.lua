-- stops: MEMORY
local t = {}
while true do pcall(function() while true do t[#t + 1] = { #t } end end) end
