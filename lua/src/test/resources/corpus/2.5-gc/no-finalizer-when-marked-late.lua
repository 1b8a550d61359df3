-- __gc counts only if it is there when the metatable is set.
local called = false
local mt = {}
local function make() local o = setmetatable({}, mt) end
make()
mt.__gc = function() called = true end
collectgarbage() collectgarbage()
print(called)
