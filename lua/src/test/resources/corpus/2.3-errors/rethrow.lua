-- An error that is thrown again keeps its message.
local function risky() error("original", 0) end
local ok, e = pcall(function()
  local ok, e = pcall(risky)
  if not ok then error(e, 0) end
end)
print(ok, e)
local object = setmetatable({}, {__tostring = function() return "object" end})
local ok2, e2 = pcall(function() local _, x = pcall(error, object) error(x) end)
print(ok2, tostring(e2), rawequal(e2, object))
