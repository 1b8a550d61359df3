-- variables captured by value and by cell, fresh ones for each iteration
local fs = {}
for i = 1, 3 do
  local j = i * 10
  fs[#fs + 1] = function() j = j + 1 return i, j end
end
print(fs[1]()) print(fs[1]()) print(fs[2]()) print(fs[3]())
local k = 1
local function get() return k end
local function set(v) k = v end
set(5) print(get(), k)
local function counter()
  local n = 0
  return function() n = n + 1 return n end, function() return n end
end
local inc, cur = counter()
inc() inc() print(cur())
local function fact(n) if n <= 1 then return 1 end return n * fact(n - 1) end
print(fact(10), fact(20), fact(21))
do
  local i = 1
  local t = {}
  ::top::
  local x = i
  t[i] = function() x = x + 1 return x end
  i = i + 1
  if i <= 3 then goto top end
  print(t[1](), t[1](), t[2](), t[3]())
end
local t = {}
while #t < 2 do local v = #t t[#t + 1] = function() v = v + 1 return v end end
print(t[1](), t[1](), t[2]())
repeat local done = #t > 3 t[#t + 1] = function() return done end until done
print(#t, t[#t](), t[3]())
local function outer() local a = 1 local function mid() local function inner() a = a + 1 return a end return inner end return mid(), function() return a end end
local inn, geta = outer() inn() inn() print(geta())
local a = 1
local function late() a = 10 return 1 end
print(a + late(), a)
