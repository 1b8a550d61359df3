-- The second operand's handler is asked when the first has none, even if the first is a table.
local a = setmetatable({}, {__add = nil})
local b = setmetatable({}, {__add = function(x, y) return rawequal(x, a), y end})
print(a + b)
print(1 + b)
local first = setmetatable({}, {__sub = function() return "first" end})
local second = setmetatable({}, {__sub = function() return "second" end})
print(first - second, second - first)
