local t = setmetatable({}, {__mode = "k"})
local held = {}
t[{}] = 1 t[held] = 2 t["s"] = {} t[3] = {}
collectgarbage()
local n = 0
for _ in pairs(t) do n = n + 1 end
print(n, t[held], type(t.s), type(t[3]))
