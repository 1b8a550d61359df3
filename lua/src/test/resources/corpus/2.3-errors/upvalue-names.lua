-- Upvalues, constants and fields are named.
local function e(f) print(select(2, pcall(f))) end
local up
e(function() return up.field end)
e(function() up() end)
e(function() up.x = 1 end)
local t = {}
e(function() return t.a.b end)
e(function() return t.a + 1 end)
e(function() return ("x").y.z end)
e(function() return t["a b"].c end)
e(function() return undefinedglobal.c end)
e(function() undefinedglobal.c = 1 end)
e(function() return up .. "x" end)
e(function() return -up end)
e(function() return up < 1 end)
