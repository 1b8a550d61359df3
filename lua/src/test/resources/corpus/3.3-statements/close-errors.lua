-- An error of closing replaces the error so far; closing goes on.
local function bad(name) return setmetatable({}, {__close = function(_, e) error(name .. " after " .. tostring(e), 0) end}) end
print(pcall(function() local a <close> = bad("a") end))
print(pcall(function() local a <close> = bad("a") local b <close> = bad("b") end))
print(pcall(function() local a <close> = bad("a") local b <close> = bad("b") error("body", 0) end))
print(pcall(function() local x <close> = {} end))
print(pcall(function() local x <close> = 42 end))
print(pcall(function() local o = setmetatable({}, {__close = 1}) local x <close> = o end))
print(pcall(function() local mt = {__close = function() end} local x <close> = setmetatable({}, mt) mt.__close = nil end))
