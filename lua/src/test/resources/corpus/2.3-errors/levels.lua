-- Levels of error say whose place is put before the message.
local function thrower(level) error("message", level) end
local function caller(level) thrower(level) end
for level = 0, 2 do
  print(pcall(function() caller(level) end))
end
print(pcall(error, "no place"))
print(pcall(function() error("one", 1) end))
