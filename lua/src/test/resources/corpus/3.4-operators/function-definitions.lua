local t = {a = {b = {}}}
function t.a.b.f(x) return "f", x end
function t.a.b:m(x) return self == t.a.b, x end
function glob(x) return x end
local anon = function(...) return ... end
print(t.a.b.f(1), t.a.b:m(2), glob(3), anon(4, 5))
print(t.a.b.f == t.a.b.f, (function() end) == (function() end))
local function params(a, b, ...) return a, b, ... end
print(params(1)) print(params(1, 2, 3, 4)) print(params(nil, nil, nil))
print(load("function a.b.c:d.e() end", "=c")) print(load("local function a.b() end", "=c")) print(load("function f(a, ..., b) end", "=c")) print(load("function f(a.b) end", "=c"))
