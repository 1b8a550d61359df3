-- Functions keep the _ENV that they were made in.
local print, setmetatable = print, setmetatable
local function make(value)
  local _ENV = {value = value}
  return function() return value end, function(v) value = v end
end
local get, set = make(1)
local get2 = make(2)
set(5)
print(get(), get2())
local _ENV = setmetatable({}, {__index = function(_, name) return "<" .. name .. ">" end})
print(anything, other)
