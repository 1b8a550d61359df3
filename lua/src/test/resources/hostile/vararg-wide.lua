-- pauses
local t = {}
local function f(...) local a = { ... } return f(...) end
f(table.unpack(t, 1, 400000))
