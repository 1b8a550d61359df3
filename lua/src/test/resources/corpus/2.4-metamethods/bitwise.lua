-- Bitwise events are tried when an operand is no number that is an integer.
local mt = {}
for _, name in ipairs{"band", "bor", "bxor", "shl", "shr"} do
  mt["__" .. name] = function(a, b) return name .. type(a) .. type(b) end
end
mt.__bnot = function(a, b) return "bnot" .. tostring(rawequal(a, b)) end
local t = setmetatable({}, mt)
print(t & 1, 1 & t, t | "x", "x" | t, t ~ 1.5, 1.5 ~ t, t << nil, {} << t, t >> 1, ~t)
print(pcall(function() return {} & 1 end))
print(pcall(function() return 1.5 & 1 end))
print(pcall(function() return 2^64 | 1 end))
