-- A local function sees itself; a local with a function value does not.
local function fact(n) return n <= 1 and 1 or n * fact(n - 1) end
print(fact(20))
local f = function() return f end
print(f())
local g = 1
local g = function() return g end
print(g())
local function h() local function h() return "inner" end return h() end
print(h())
