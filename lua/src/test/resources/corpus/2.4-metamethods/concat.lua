-- Concatenation is right associative; only strings and numbers have it by themselves.
local mt = {}
mt.__concat = function(a, b)
  local left = type(a) == "table" and a.n or a
  local right = type(b) == "table" and b.n or b
  return setmetatable({n = "(" .. left .. right .. ")"}, mt)
end
local t = setmetatable({n = "t"}, mt)
print((t .. "a" .. "b").n, ("a" .. "b" .. t).n, ("a" .. t .. "b").n, (t .. t).n, (1 .. t .. 2.5).n)
print(pcall(function() return {} .. "x" end))
print(pcall(function() return "x" .. nil end))
local s = setmetatable({}, {__concat = function() return nil end})
print(s .. "x", "x" .. s)
