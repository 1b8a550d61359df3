-- ends
local e = setmetatable({}, { __tostring = function(self) error(self) end })
assert(not pcall(tostring, e))
assert(not pcall(print, e))
