-- A message that is a string gets the place of the call, other values stay as they are.
print(pcall(function() assert(false, "message") end))
print(pcall(function() assert(nil) end))
print(pcall(function() assert(1 > 2, ("text"):upper()) end))
print(pcall(function() assert(false, 42) end))
print(select("#", pcall(function() assert(false, nil) end)))
local t = {}
print(select(2, pcall(function() assert(false, t) end)) == t)
print(pcall(assert, false, "called by pcall"))
