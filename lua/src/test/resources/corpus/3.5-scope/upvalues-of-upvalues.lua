local a = 1
local function f() return function() return function() a = a + 1 return a end end end
print(f()()(), f()()(), a)
local function make() local s = {} return {push = function(v) s[#s + 1] = v end, pop = function() return table.remove(s) end, size = function() return #s end} end
local p, q = make(), make() p.push(1) p.push(2) q.push(3)
print(p.pop(), p.size(), q.size(), q.pop(), q.pop())
