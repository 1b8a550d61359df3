-- Unary events get their operand twice.
local t = setmetatable({}, {
  __unm = function(a, b) return rawequal(a, b) and "unm" end,
  __len = function(a, b) return rawequal(a, b) and "len" end,
  __bnot = function(a, b) return rawequal(a, b) and "bnot" end,
})
print(-t, #t, ~t, - -5, #"abc", ~0)
print(rawlen(t), rawlen{1, 2}, rawlen("abcd"))
print(#setmetatable({1, 2, 3}, {__len = function() return 1.5 end}))
