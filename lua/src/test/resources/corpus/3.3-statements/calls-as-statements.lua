local n = 0
local function f(...) n = n + select("#", ...) return f end
f() f(1) f{} f"" f[[]] f(1, 2)(3)
print(n)
local o = {m = function(self, x) self.x = x return self end}
o:m(1):m(2)
print(o.x);
("x"):rep(2)
print(load("1 + 1"), load("x"), load("(f)"), load("f().x"))
