-- pauses
local function make() return setmetatable({}, { __gc = function(o) kept = o setmetatable(o, getmetatable(o)) make() end }) end
while true do make() collectgarbage("step") end
