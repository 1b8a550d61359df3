-- Strings share a metatable whose __index is the library.
print(("x"):rep(3), ("%d"):format(5), #("abc"), ("abc").len == string.len)
print(("x").y, pcall(function() return ("x").y.z end))
local mt = getmetatable("")
mt.__call = function(s, n) return s:sub(n, n) end
print(("hello")(2))
mt.__call = nil
mt.__index = function(s, k) return type(k) == "number" and s:sub(k, k) or string[k] end
print(("hello")[1], ("hello"):upper())
mt.__index = string
