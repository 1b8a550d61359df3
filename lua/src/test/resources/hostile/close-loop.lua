-- pauses
local function closing()
  return setmetatable({}, { __close = function() local again <close> = closing() end })
end
closing = closing
while true do
  local x <close> = setmetatable({}, { __close = function() end })
end
