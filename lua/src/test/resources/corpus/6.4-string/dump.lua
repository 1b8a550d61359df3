local d = string.dump(function(a, b) local c = a + b return c, _ENV ~= nil end)
print(type(d), d:sub(1,1) == "\27")
print(load(d, "x", "b")(1, 2))
print(load(d, "x", "t")) print(load("return 1", "=x", "b"))
local up = 5
local function cnt() up = up + 1 return up end
local l = load(string.dump(cnt))
print((debug.getupvalue(l, 1))) debug.setupvalue(l, 1, 10) print(l(), l(), cnt())
print(pcall(string.dump, print)) print(pcall(string.dump)) print(load("\27abc")) print((load("\27Lua"))) print(load(d:sub(1, 20), "=nm"))
local function e() error("boom") end
print(pcall(load(string.dump(e)))) 
local f = load(string.dump(load("local x = ... ; return x * 2, function() return x end")))
print((f(21))) print(select(2, f(4))())
print(pcall(load(string.dump(function() return globalname.x end))))
print(debug.getinfo(load(string.dump(e)), "S").short_src, debug.getinfo(load(string.dump(e)), "S").linedefined)
print(debug.getinfo(load(string.dump(e, true)), "S").short_src,debug.getinfo(load(string.dump(e, true)), "S").source)
print(pcall(load(string.dump(function() error("stripped") end, true))))
print(debug.getinfo(load(string.dump(e, true)), "l").currentline, next(debug.getinfo(load(string.dump(e, true)), "L").activelines))
print(load(string.dump(function() return x end), "n", "b", {x = 77})())
print(load(string.dump(string.dump and function(...) return select('#', ...), ... end))(1, nil, 3))

local reader = string.dump(function(...) return ... end)
local at = 0
print(load(function() at = at + 1 return at <= #reader and reader:sub(at, at) or nil end, "pieces", "b")(5, 6))
print(pcall(load, d, "x", "q"))
