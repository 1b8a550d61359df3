-- Only two tables or two userdata that are not the same ask __eq; the result is a boolean.
local calls = 0
local mt = {__eq = function(a, b) calls = calls + 1 return a.v == b.v and "yes" or nil end}
local a, b, c = setmetatable({v = 1}, mt), setmetatable({v = 1}, mt), setmetatable({v = 2}, mt)
print(a == b, a == c, a ~= b, a ~= c, a == a, calls)
print(a == 1, a == "x", a == nil, calls)
print(rawequal(a, b), calls)
print(a == {v = 1}, {v = 1} == a, calls)
local t = {}
t[a] = "a"
print(t[b], t[a], calls)
