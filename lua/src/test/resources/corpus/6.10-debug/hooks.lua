local function leaf(x) return x + 1 end
local function f(a)
  local b = a
  if b > 1 then
    b = leaf(b)
  end
  return b
end
local log = {}
debug.sethook(function(e, l) log[#log + 1] = e .. ":" .. tostring(l) end, "l")
local x = 1
for i = 1, 2 do
  x = x + i
end
f(2)
while x > 0 do
  x = x - 3
end
debug.sethook()
print(table.concat(log, " "))
log = {}
debug.sethook(function(e, l) local i = debug.getinfo(2, "nS") log[#log + 1] = e .. "/" .. tostring(i.name) .. "/" .. i.what end, "cr")
f(2)
math.abs(-1)
debug.sethook()
print(table.concat(log, " "))
print(debug.gethook())
local n = 0
debug.sethook(function(e, l) n = n + 1 assert(e == "count" and l == nil) end, "", 100)
for i = 1, 10000 do local _ = leaf(i) end
local h, m, c = debug.gethook()
debug.sethook()
print(n > 100, type(h), m, c)
print(pcall(function() debug.sethook(function() error("stop") end, "", 1000) while true do end end))
debug.sethook()
local co = coroutine.create(function() local a = 1
  coroutine.yield(a)
  a = 2
  return a end)
log = {}
debug.sethook(co, function(e, l) log[#log + 1] = l end, "l")
print(debug.gethook(co) ~= nil, debug.gethook())
coroutine.resume(co) coroutine.resume(co)
print(table.concat(log, " "))
local function tail(n) if n == 0 then return 0 end return tail(n - 1) end
log = {}
debug.sethook(function(e) log[#log + 1] = e end, "cr")
tail(2)
debug.sethook()
print(table.concat(log, " "))
log = {}
debug.sethook(function(e, l) log[#log+1] = l; log[#log + 1] = debug.traceback("hook") end, "l")
x = 5
debug.sethook()
print(log[1], log[2])
print(pcall(debug.sethook, 1, "l")) print(pcall(debug.sethook, print))

local function events(f)
  local list = {}
  debug.sethook(function(e) list[#list + 1] = e:sub(1, 1) end, "cr")
  f()
  debug.sethook()
  print(table.concat(list, " "))
end
events(function() table.sort({3, 1, 2}, function(a, b) return a < b end) end)
events(function() for w in ("a b"):gmatch("%a") do end end)
events(function() local co = coroutine.wrap(function() coroutine.yield(1) end) co() co() end)
events(function() pcall(function() error("x") end) end)
events(function() local t = setmetatable({}, {__index = function(_, k) return k end}) return t.x end)
