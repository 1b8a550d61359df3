-- fails: not enough memory
table.sort(setmetatable({}, { __len = function() return (1 << 31) - 10 end }))
