-- Values that nobody else holds go; strings and numbers stay.
local t = setmetatable({}, {__mode = "v"})
local held = {}
t[1] = {} t[2] = held t.s = "string" t.n = 42
t.f = function() return t end
collectgarbage()
print(t[1], t[2] == held, t.s, t.n)
