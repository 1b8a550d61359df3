local function f(x) if x == 1 then return "one" elseif x == 2 then return "two" else return "many" end end print(f(1), f(2), f(3))
for i = 1, 3 do for j = 1, 3 do if j == 2 then goto continue end io.write(i, ":", j, " ") ::continue:: end end print()
local i = 0 while true do i = i + 1 if i > 5 then break end end print(i)
repeat local x = i i = i - 1 until x < 3 print(i)
print(nil and 1, false or nil, 1 and 2, nil or "d", not nil, not 0, 1 and nil or 3, (nil and 1) == nil)
local function tail(n, acc) if n == 0 then return acc end return tail(n - 1, acc + n) end print(tail(100000, 0))
local function even(n) if n == 0 then return true end local function odd(m) if m == 0 then return false end return even(m - 1) end return odd(n - 1) end print(even(10001))
do local log = {} local function c(n) return setmetatable({}, {__close = function(_, e) log[#log + 1] = n .. ":" .. tostring(e) end}) end
  do local a <close> = c("a") local b <close> = c("b") end
  local function g() local x <close> = c("x") return "ret", #log end print(g())
  for k = 1, 2 do local y <close> = c("y" .. k) if k == 1 then goto cont end break ::cont:: end
  print(pcall(function() local z <close> = c("z") error("err", 0) end))
  for _ in (function() local n = 0 return function() n = n + 1 if n < 3 then return n end end, nil, nil, c("for") end)() do end
  print(table.concat(log, " ")) end
print(pcall(function() local x <close> = 5 end)) print(pcall(function() local x <close> = nil return "fine" end))
local t = setmetatable({}, {__index = function(_, k) return k * 2 end}) print(t[1] + t[2])
print(#"abc" + 1, -2 ^ 2, not 1 == 2, 1 .. 2 .. 3, 2 ^ 3 ^ 2, 1 + 2 < 4 and "yes" or "no")
print(pcall(function() local a; a.b = 1 end)) print(pcall(function() local t = {} t.x.y = 1 end)) print(pcall(function() undefined() end)) print(pcall(function() local t = {} t:nope() end)) print(pcall(function() local t = {} t.a.b.c = 1 end)) print(pcall(function() return ("x").y.z end)) print(pcall(function() local t = {} t[nil] = 1 end)) print(pcall(function() local t = {} t[0/0] = 1 end))
print(pcall(error)) print(pcall(error, nil)) print(pcall(error, {1}) == false) print(pcall(error, "m", 0)) print(pcall(function() error("lvl1") end)) print(pcall(function() local function h() error("lvl2", 2) end h() end))
print(select(2, xpcall(function() error("x", 0) end, function(m) return "handled " .. m end)))
print(load("return 1 + 1")(), load("syntax error here")) print(type(load(function() return nil end))) local env = {y = 5} print(load("return y", "=c", "t", env)())
