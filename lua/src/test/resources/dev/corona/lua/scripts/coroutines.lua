local function gen(n) return coroutine.wrap(function() for i = 1, n do coroutine.yield(i) end end) end
local s = 0 for v in gen(10) do s = s + v end print(s)
local co = coroutine.create(function(a, b) print("start", a, b) local c = coroutine.yield(a + b) print("got", c) local d, e = coroutine.yield(c * 2) print("got", d, e) return "end", d + e end)
print(coroutine.resume(co, 1, 2)) print(coroutine.status(co)) print(coroutine.resume(co, 10)) print(coroutine.resume(co, 3, 4)) print(coroutine.status(co)) print(coroutine.resume(co))
-- yields across pcall, metamethods, iterators, closing
local w = coroutine.wrap(function()
  local ok, v = pcall(function() local x = coroutine.yield("in pcall") error("after " .. x) end)
  coroutine.yield(ok, v)
  local o = setmetatable({}, {__add = function(a, b) return coroutine.yield("add") end, __index = function(t, k) return coroutine.yield("index " .. k) end, __lt = function() return coroutine.yield("lt") end, __concat = function() return coroutine.yield("concat") end, __call = function(self, x) return coroutine.yield("call " .. x) end, __eq = function() return coroutine.yield("eq") end, __len = function() return coroutine.yield("len") end, __newindex = function(t, k, v) coroutine.yield("newindex " .. k) end})
  local p = setmetatable({}, getmetatable(o))
  coroutine.yield(o + 1, o.field, o < p, o .. "x", o(7), o == p, #o)
  o.new = 1
  for k in function(_, c) c = (c or 0) + 1 if c <= 2 then return coroutine.yield("iter " .. c) and c end end do coroutine.yield("body " .. k) end
  do local c <close> = setmetatable({}, {__close = function() coroutine.yield("closing") end}) coroutine.yield("open") end
  return "done"
end)
local r = {w()} for i = 1, 40 do print(table.unpack(r)) if r[1] == "done" then break end r = {w("v" .. i)} end
-- nested, wrapped errors, status
local outer = coroutine.wrap(function() local inner = coroutine.wrap(function() coroutine.yield(1) coroutine.yield(2) end) coroutine.yield(inner()) coroutine.yield(inner()) end)
print(outer(), outer())
print(pcall(coroutine.wrap(function() error("oops") end))) print(pcall(coroutine.wrap(function() error({}) end)) == false)
local self self = coroutine.create(function() print(coroutine.status(self), coroutine.isyieldable(), coroutine.running() == self) return coroutine.resume(self) end) print(coroutine.resume(self))
print(coroutine.isyieldable(), select(2, coroutine.running())) print(pcall(coroutine.yield))
local cl = coroutine.create(function() local x <close> = setmetatable({}, {__close = function(_, e) print("closed", e) end}) coroutine.yield() end)
coroutine.resume(cl) print(coroutine.close(cl), coroutine.status(cl)) print(coroutine.close(coroutine.create(print)))
local bad = coroutine.create(function() local x <close> = setmetatable({}, {__close = function() error("in close", 0) end}) coroutine.yield() end) coroutine.resume(bad) print(coroutine.close(bad))
local function permgen(a, n) n = n or #a if n <= 1 then coroutine.yield(a) else for i = 1, n do a[n], a[i] = a[i], a[n] permgen(a, n - 1) a[n], a[i] = a[i], a[n] end end end
for p in coroutine.wrap(function() permgen{1, 2, 3} end) do io.write(table.concat(p, " "), "; ") end print()
local function deep(n) if n == 0 then coroutine.yield("bottom") return 0 end return 1 + deep(n - 1) end
local dc = coroutine.wrap(function() return deep(5000) end) print(dc(), dc())
