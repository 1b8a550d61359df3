-- All expressions are evaluated before the assignment.
local i, a = 3, {}
i, a[i] = i + 1, 20
print(i, a[3], a[4])
local x, y, z = 1, 2, 3
x, y, z = y, z, x
print(x, y, z)
local p, q, r = 1, 2
print(p, q, r)
p, q = 1, 2, 3
print(p, q)
p, q, r = (function() return 7, 8, 9, 10 end)()
print(p, q, r)
p, q, r = 0, (function() return 7, 8 end)()
print(p, q, r)
p, q, r = (function() return 7, 8 end)(), 0
print(p, q, r)
