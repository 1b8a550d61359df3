local mt = {}
for _, name in ipairs{"div", "mod", "pow", "idiv"} do
  mt["__" .. name] = function(a, b)
    return name .. ":" .. (type(a) == "table" and "t" or tostring(a)) .. ":" .. (type(b) == "table" and "t" or tostring(b))
  end
end
local t = setmetatable({}, mt)
print(t / 2, 2 / t, t % 3, 3 % t, t ^ 4, 4 ^ t, t // 5, 5 // t, t / t, "x" / t, t ^ nil)
print(pcall(function() return t + 1 end))
