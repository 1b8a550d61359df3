-- __index as a table is looked up with its own metatable.
local A = {a = "A.a", who = function() return "A" end}
local B = setmetatable({b = "B.b"}, {__index = A})
local C = setmetatable({c = "C.c", who = function() return "C" end}, {__index = B})
print(C.a, C.b, C.c, C.who(), B.who(), C.none)
A.late = "late"
print(C.late)
local s = setmetatable({}, {__index = "a string"})
print(s.len == string.len, s.none)
print(pcall(function() return setmetatable({}, {__index = 1}).x end))
