-- load gives a chunk its own environment as its only upvalue.
local env = {n = 1}
local f = load("n = n + 1 return n", "chunk", "t", env)
print(f(), f(), env.n, n)
print(debug.getupvalue(f, 1) == "_ENV", select(2, debug.getupvalue(f, 1)) == env)
local g = load("return a", "chunk", "t", setmetatable({}, {__index = {a = "inherited"}}))
print(g())
print(load("return x", "=c", "t", {x = 1})(), load("x = 1 return _G", "=c", "t", {})())
