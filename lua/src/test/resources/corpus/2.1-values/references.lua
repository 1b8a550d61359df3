-- Tables, functions and threads are references.
local a = {1}
local b = a
b[1] = 2
print(a[1], a == b, a == {2}, rawequal(a, b))
local f = function() end
local g = function() end
print(f == f, f == g, print == print)
local co = coroutine.create(f)
local t = {[co] = "co", [f] = "f"}
print(t[co], t[f], t[g])
