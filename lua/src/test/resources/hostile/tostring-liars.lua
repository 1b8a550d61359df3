-- ends
assert(not pcall(tostring, setmetatable({}, { __tostring = function() return {} end })))
assert(tostring(setmetatable({}, { __name = "x" })):find("^x: "))
assert(not pcall(string.rep, setmetatable({}, { __tostring = function() return "x" end }), 3))
