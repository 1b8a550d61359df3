-- ends
local t = {}
for i = 1, 100000 do t = setmetatable({}, { __index = t }) end
local ok, m = pcall(function() return t.x end)
assert(ok or tostring(m):find("'__index' chain too long"), m)
local loop = {}
setmetatable(loop, { __index = loop, __newindex = loop })
assert(not pcall(function() return loop.x end))
assert(not pcall(function() loop.x = 1 end))
