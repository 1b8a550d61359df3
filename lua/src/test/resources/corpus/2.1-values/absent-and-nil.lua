-- A field that is nil is not there.
local t = {a = 1, b = nil, 10, nil, 30}
local n = 0
for _ in pairs(t) do n = n + 1 end
print(n, t.b, t.c, rawget(t, 2))
t.a = nil
print(next({a = nil}), t.a)
local s = {}
for i = 1, 10 do s[i] = i end
for i = 1, 10 do s[i] = nil end
print(next(s), #s)
