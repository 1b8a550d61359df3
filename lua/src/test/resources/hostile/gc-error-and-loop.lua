-- pauses
setmetatable({}, { __gc = function() error("x") end })
setmetatable({}, { __gc = function() while true do end end })
while true do collectgarbage() end
