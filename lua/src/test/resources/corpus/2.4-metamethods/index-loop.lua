-- A chain that comes back to itself ends with an error.
local t = {}
setmetatable(t, {__index = t})
print(pcall(function() return t.x end))
local u = {}
setmetatable(u, {__newindex = u})
print(pcall(function() u.x = 1 end))
