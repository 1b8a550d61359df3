-- Globals, locals and fields; values are nil before the first assignment.
print(g, undefined)
local l
print(l)
g = 1
l = 2
local t = {}
t.f = 3
print(g, l, t.f, t.none, t["f"], _ENV.g)
t.a = {b = {c = "deep"}}
print(t.a.b.c, t["a"]["b"].c, (t).a["b"]["c"])
