-- Order asks __lt and __le; > and >= exchange the operands.
local log = {}
local mt = {
  __lt = function(a, b) log[#log + 1] = "lt" return (type(a) == "table" and a.v or a) < (type(b) == "table" and b.v or b) end,
  __le = function(a, b) log[#log + 1] = "le" return (type(a) == "table" and a.v or a) <= (type(b) == "table" and b.v or b) end,
}
local a, b = setmetatable({v = 1}, mt), setmetatable({v = 2}, mt)
print(a < b, a <= b, a > b, a >= b, a < 5, 5 < a, a >= 1, 0 > b)
print(table.concat(log, " "))
local only = setmetatable({}, {__lt = function() return true end})
print(only < only, pcall(function() return only <= only end))
local odd = setmetatable({}, {__lt = function() return nil end, __le = function() return 0 end})
print(odd < 1, odd <= 1, not (odd < 1))
print(pcall(function() return {} < {} end))
