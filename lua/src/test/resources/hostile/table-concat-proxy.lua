-- fails: resulting string too large
return table.concat(setmetatable({}, { __index = function() return "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" end, __len = function() return 1 << 60 end }))
