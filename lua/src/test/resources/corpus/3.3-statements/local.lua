local a, b, c = 1, 2
print(a, b, c)
local a = a + 10
print(a)
local function f() return 1, 2, 3 end
local x, y = f()
local z, w = f(), 10
local p, q, r, s = 0, f()
print(x, y, z, w, p, q, r, s)
local x <const>, y <const> = y, x
print(x, y)
local t <const> = {1}
t[1] = 2
print(t[1])
