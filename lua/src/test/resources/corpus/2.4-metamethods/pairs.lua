-- __pairs gives the three values of the loop.
local t = setmetatable({}, {__pairs = function(t)
  return function(_, k) if k < 3 then return k + 1, k * 10 end end, t, 0
end})
for k, v in pairs(t) do io.write(k, "=", v, " ") end
print()
print(select("#", pairs(setmetatable({}, {__pairs = function() return 1, 2, 3, 4 end}))))
print(pairs(setmetatable({}, {__pairs = function() end})))
print(pcall(pairs, setmetatable({}, {__pairs = 1})))
print(pcall(pairs))
