local function show(l) local i = 1 while true do local n, v = debug.getlocal(l, i) if not n then break end local shown = (type(v) == 'table' or type(v) == 'function' or type(v) == 'thread') and type(v) or v
  if n ~= '(for state)' then print(i, n, shown) end i = i + 1 end end
local function f(a, b, ...)
  local x, y = a + b, "y"
  do local inner = 5 show(2) end
  for i = 1, 2 do local z = i * 2 show(2) end
  for k, v in pairs{10} do show(2) end
  local c = 0
  local function up() c = c + 1 return c end
  up()
  show(2)
  print(debug.getlocal(1, -1)) print(debug.getlocal(1, -2)) print(debug.getlocal(1, -3))
  print(debug.setlocal(1, 1, "new"), a, debug.setlocal(1, 3, 99), x, debug.setlocal(1, -1, "va"), ...)
  print(debug.setlocal(1, 5, 100), up())
end
f(1, 2, "v1", "v2")
print(debug.getlocal(f, 1), debug.getlocal(f, 2), debug.getlocal(f, 3))
print(pcall(debug.getlocal, 50, 1)) print(pcall(debug.setlocal, 50, 1, 2))
local co = coroutine.create(function(p, q) local r = p .. q; local s <const> = 3; local t <close> = nil; coroutine.yield(r) return r, p end)
coroutine.resume(co, "a", "b")
print(debug.getlocal(co, 1, 1)) print(debug.getlocal(co, 1, 2)) print(debug.getlocal(co, 1, 3)) print(debug.getlocal(co, 1, 4)) print(debug.getlocal(co, 1, 5))
print(debug.setlocal(co, 1, 3, "changed"), debug.setlocal(co, 1, 1, 7))
print(coroutine.resume(co))
do goto done end
::done::
for i = 1, 2 do if i == 1 then goto cont end local zz = i; show(2) ::cont:: end
repeat local rr = 3 until rr == 3
