local function f(...) return select("#", ...), ... end
print(f()) print(f(nil)) print(f(1, nil)) print(f((f(1, 2)))) print(f(f(1)))
print(f"str") print(f[[long]]) print((f{1}))
local o = {v = 5} function o.plain(a) return a end function o:method(a) return self.v, a end
print(o.plain(1), o:method(2)) print(o.method(o, 3), o["method"](o, 4), o.method({v = 6}, 7))
print(("%s"):format("x"), ("x"):rep(3), #("abc"):upper())
local t = {f = {g = {h = function(self) return self end}}} print(t.f.g:h() == t.f.g)
print(pcall(function() return o:none() end)) print(pcall(function() return o.none() end)) print(pcall(function() return (1)() end))
print((function(a, b) return b, a end)(1, 2))
print(type(f
(1)))
