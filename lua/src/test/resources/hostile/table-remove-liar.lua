-- pauses
table.remove(setmetatable({}, { __len = function() return 1 << 50 end, __index = function() end, __newindex = function() end }), 1)
