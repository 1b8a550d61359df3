-- __metatable hides and protects.
local t = setmetatable({}, {__metatable = "locked"})
print(getmetatable(t), pcall(setmetatable, t, {}))
print(pcall(setmetatable, t, nil))
local f = setmetatable({}, {__metatable = false})
print(getmetatable(f), pcall(setmetatable, f, {}))
print(debug.getmetatable(t).__metatable)
print(getmetatable("x").__index == string, getmetatable("x").__name)
