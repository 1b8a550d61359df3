-- xpcall & co
local function tb(m) return debug.traceback(m, 1) end
print(xpcall(function() local t = nil; t.x = 1 end, tb))
print(xpcall(string.rep, tb))
print(xpcall(function() string.rep() end, tb))
print(xpcall(function() pcall(error, "in") error("out") end, tb))
print(select(2, xpcall(function() local ok, e = xpcall(error, function(m) return "inner:" .. tostring(m) end, "x") error(e, 0) end, tb)))
print(xpcall(function() coroutine.wrap(function() error("co") end)() end, tb))
print(xpcall(function() error(setmetatable({}, {__tostring = function() return "obj" end})) end, function(m) return tostring(m) end))
print(xpcall(function(...) return select('#', ...), ... end, tb, 1, nil, 3))
local co = coroutine.create(function() return xpcall(function() coroutine.yield(1) error("after") end, tb) end)
print(coroutine.resume(co)) print(coroutine.resume(co))
print(xpcall(function() local c <close> = setmetatable({}, {__close = function(_, e) print("close", e) end}) error("E", 0) end, function(m) print("handler", m) return "H" .. m end))
print(xpcall(function() table.sort({3, 2, 1}, function(a, b) error("cmp") end) end, tb))
print(xpcall(function() ("x"):gsub(".", function() error("sub") end) end, tb))
print(xpcall(function() for _ in pairs(setmetatable({}, {__pairs = function() error("prs") end})) do end end, tb))
print(xpcall(load("error('loaded')", "=chunk"), tb))
print(xpcall(load("local x = 1 + nil", "@file.lua"), tb))
print(xpcall(load("return {} .. 'x'", "text\nof chunk"), tb))
function globalfn() error("gl") end
local M = {fn = globalfn}
package.loaded.mymod = {inmod = function() error("mm") end}
print(xpcall(function() M.fn() end, tb))
print(xpcall(function() package.loaded.mymod.inmod() end, tb))
local function rec(n) if n == 0 then error("deep") end rec(n - 1) return 1 end
print(xpcall(rec, tb, 50)) print(xpcall(rec, tb, 18)) print(xpcall(rec, tb, 19)) print(xpcall(rec, tb, 20))
local function tail(n) if n == 0 then error("tail") end return tail(n - 1) end
print(xpcall(tail, tb, 200))
print(xpcall(function() return globalfn() end, tb))
print(debug.traceback("m", 1)) print(debug.traceback(nil)) print(debug.traceback()) print(debug.traceback("x", 50)) print(debug.traceback(co)) print(debug.traceback(co, "m")) print(pcall(debug.traceback, co, "m", "bad"))
local w = coroutine.create(function() local function inner() coroutine.yield() end inner() end)
print(debug.traceback(w)) coroutine.resume(w) print(debug.traceback(w)) print(debug.traceback(w, "m", 0)) print(debug.traceback(w, "m", 1)) print(debug.traceback(w, nil, 2))
coroutine.resume(w) print(debug.traceback(w))
local outer outer = coroutine.create(function() local i = coroutine.create(function() print(debug.traceback(outer)) print(debug.traceback("inner")) end) coroutine.resume(i) end)
coroutine.resume(outer)
local ok = setmetatable({}, {__index = function(t, k) return debug.traceback(k) end, __call = function(self, a) return debug.traceback(a) end, __concat = function() return debug.traceback("cc") end, __eq = function() print(debug.traceback("eq")) return true end, __lt = function() print(debug.traceback "lt") return true end, __len = function() print(debug.traceback "len") return 1 end, __unm = function() print(debug.traceback "unm") return 1 end, __newindex = function() print(debug.traceback "ni") end})
print(ok.key) print(ok("called")) print(ok .. "x") local _ = ok == setmetatable({}, getmetatable(ok)); _ = ok < ok; _ = #ok; _ = -ok; ok.z = 1
_ = ok > 1; print(tostring(setmetatable({}, {__tostring = function() return debug.traceback("ts") end})))
