-- __gc is called once, in the opposite order of marking.
local log = {}
local function object(name)
  return setmetatable({name = name}, {__gc = function(o) log[#log + 1] = o.name end})
end
local function make() local a, b, c = object("a"), object("b"), object("c") for i = 1, 2 do object("loop" .. i) end end
make()
collectgarbage() collectgarbage()
table.sort(log)
print(table.concat(log, " "))
