-- Proper tail calls need no stack.
local function count(n, acc) if n == 0 then return acc end return count(n - 1, acc + 1) end
print(count(20000, 0))
local even, odd
function even(n) if n == 0 then return true end return odd(n - 1) end
function odd(n) if n == 0 then return false end return even(n - 1) end
print(even(10001), odd(10001))
local t = {}
function t:loop(n) if n == 0 then return "method", self == t end return self:loop(n - 1) end
print(t:loop(5000))
local c = setmetatable({}, {__call = function(self, n) if n == 0 then return "callable" end return self(n - 1) end})
print(c(3000))
local function va(n, ...) if n == 0 then return select("#", ...), ... end return va(n - 1, n, ...) end
print(va(5))
