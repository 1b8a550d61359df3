-- Most events give one value; more are dropped, none is nil.
local mt = {}
for _, n in ipairs{"add", "concat", "index", "unm", "len"} do mt["__" .. n] = function() return 1, 2, 3 end end
local t = setmetatable({}, mt)
print(t + 1, (t .. "x"), t.y, -t, #t)
local none = setmetatable({}, {__add = function() end, __index = function() end, __lt = function() end})
print(none + 1, none.x, none < 1)
local function count(...) return select("#", ...) end
print(count(t + 1), count(none.x))
