-- A metamethod may change the metatable.
local mt = {}
local t = setmetatable({}, mt)
print(t.x)
mt.__index = function(_, k) mt.__index = {x = "second"} return "first" end
print(t.x, t.x)
mt.__index = nil
print(t.x)
mt.__add = function() mt.__add = nil return "once" end
print(t + 1, pcall(function() return t + 1 end))
setmetatable(t, nil)
print(getmetatable(t))
