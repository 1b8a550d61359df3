-- The raw functions ignore metatables.
local t = setmetatable({1, 2}, {
  __index = function() return "index" end, __newindex = function() error("newindex") end,
  __len = function() return 99 end, __eq = function() return true end,
})
print(rawget(t, "x"), rawlen(t), #t, rawequal(t, {}), t == setmetatable({}, getmetatable(t)))
print(rawset(t, "x", 1) == t, t.x)
for i, v in ipairs(t) do io.write(i, tostring(v), " ") if i >= 4 then break end end
print(next(setmetatable({}, {__index = {a = 1}})))
