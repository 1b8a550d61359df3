-- ends
local t = {}
for k in pairs(_G) do t[#t + 1] = k end
for _, k in ipairs(t) do if k ~= "_G" then _G[k] = nil end end
setmetatable = nil
