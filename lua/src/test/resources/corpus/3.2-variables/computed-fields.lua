-- Any expression may be the key.
local t, k = {}, "key"
t[k] = 1 t[k .. 1] = 2 t[#k] = 3 t[1 == 1] = 4 t[{}] = 5 t[t] = 6
print(t.key, t.key1, t[3], t[true], t[t], t["ke" .. "y"])
local function f() return "key" end
print(t[f()], t[(f())])
