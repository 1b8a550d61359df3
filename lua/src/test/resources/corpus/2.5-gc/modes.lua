-- Changes of the mode count when the metatable is set again.
local t = setmetatable({}, {__mode = "kv"})
t[1] = {} t[{}] = 1 t.x = "kept"
collectgarbage()
local n = 0 for _ in pairs(t) do n = n + 1 end
print(n, t.x)
local strong = setmetatable({}, {__mode = "x"})
strong[1] = {}
collectgarbage()
print(type(strong[1]))
