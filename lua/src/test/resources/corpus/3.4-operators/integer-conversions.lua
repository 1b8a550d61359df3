-- Floats become integers only where that is exact.
print(3.0 | 0, -0.0 | 0, 2^53 | 0, -2^63 | 0)
for _, v in ipairs{3.5, 2^63, -2^64, 1/0, -1/0, 0/0} do print(pcall(function() return v | 0 end)) end
print(string.rep("x", 3.0), pcall(string.rep, "x", 3.5), ("abc"):sub(2.0))
local t = {} t[1.0] = "a" t[2^53] = "b" print(t[1], t[2^53 | 0], next({[5.0] = 1}))
print(string.format("%d", 3.0), pcall(string.format, "%d", 3.5), string.format("%d", "3"), pcall(string.format, "%d", "3.5"))
print(math.tointeger(3.0), math.tointeger(3.5), math.tointeger("3"), math.tointeger(2^63))
