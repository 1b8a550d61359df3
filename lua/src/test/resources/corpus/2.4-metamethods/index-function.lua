-- __index as a function gets the table and the key; rawget does not ask it.
local t = setmetatable({x = 1}, {__index = function(t, k) return type(k) .. ":" .. tostring(k) .. ":" .. tostring(rawget(t, "x")) end})
print(t.x, t.y, t[1], t[true], t[1.5], rawget(t, "y"))
t.y = 2
print(t.y)
t.x = nil
print(t.x)
print(#t, next({}))
