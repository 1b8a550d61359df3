local t = {1, 2, 3}
t[1], t[2], t[3] = t[3], t[1], t[2]
print(t[1], t[2], t[3])
local a = {b = {}}
a.b.c, a.d = 1, a.b
print(a.b.c, a.d.c)
local log = {}
local function k(n) log[#log + 1] = n return n end
t[k(1)], t[k(2)] = k(3), k(4)
print(table.concat(log, " "), t[1], t[2])
local o = setmetatable({}, {__newindex = function(_, key, v) io.write(key, "=", tostring(v), " ") end})
o.x, o.y = 1
print()
