-- ends
assert(not pcall(table.unpack, {}, 1, 1e8))
assert(not pcall(table.unpack, {}, math.mininteger, math.maxinteger))
assert(not pcall(table.unpack, {}, 0, math.maxinteger))
assert(not pcall(table.unpack, setmetatable({}, { __len = function() return 1 << 60 end })))
