-- Variables are closed in the opposite order, at every end of the block.
local function closer(name) return setmetatable({}, {__close = function(o, e) print("close " .. name, e) end}) end
do
  local a <close> = closer("a")
  local b <close> = nil
  local c <close> = false
  local d <close> = closer("d")
  print("body")
end
local function f(x)
  local e <close> = closer("e")
  if x then return "value", x end
  local g <close> = closer("g")
  return "second"
end
print(f(1))
print(f())
print(pcall(function() local h <close> = closer("h") error("failed", 0) end))
