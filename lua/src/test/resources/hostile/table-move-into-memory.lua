-- fails: not enough memory
local t = setmetatable({}, { __index = function() return 1 end })
return table.move(t, 1, 1e12, 1, {})
