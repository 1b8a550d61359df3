-- pauses
return table.concat(setmetatable({}, { __index = function() return "" end, __len = function() return 1 << 60 end }))
