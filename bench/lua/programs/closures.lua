-- Functions made and called, upvalues that change, variable arguments.
local unpack = table.unpack or unpack

local function counter(step)
  local value = 0
  return function()
    value = value + step
    return value
  end
end

local function compose(f, g)
  return function(...) return f(g(...)) end
end

local function sum(...)
  local total = 0
  for i = 1, select("#", ...) do total = total + (select(i, ...)) end
  return total
end

local function map(list, f)
  local mapped = {}
  for i = 1, #list do mapped[i] = f(list[i]) end
  return mapped
end

return function(n)
  local total = 0
  local double = function(x) return x * 2 end
  local increase = function(x) return x + 1 end
  local both = compose(double, increase)
  local list = {1, 2, 3, 4, 5}
  for i = 1, n do
    local next = counter(i % 7)
    next()
    total = total + next() + both(i % 13)
    total = total + sum(i % 3, i % 5, 1) + sum(unpack(list))
    local mapped = map(list, function(x) return x + i % 11 end)
    total = (total + mapped[5]) % 1000000007
  end
  return total
end
