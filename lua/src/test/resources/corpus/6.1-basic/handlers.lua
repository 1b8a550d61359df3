local n=0
print(xpcall(function() error'a' end, function(m) n=n+1; error(m,0) end)) print(n)
n=0
print(xpcall(function() error'a' end, function(m) n=n+1; error({}) end)) print(n)
n=0
print(xpcall(function() error'a' end, function(m) n=n+1; if n > 190 then return "r"..tostring(m) end error(m..n,0) end)) print(n)
n=0
print(xpcall(function() error'a' end, function(m) n=n+1; if n > 197 then return m end error(n,0) end)) print(n)
n=0
print(xpcall(function() error'a' end, function(m) n=n+1; if n > 205 then return m end error(n,0) end)) print(n)
n=0
print(xpcall(function() error() end, function(m) return m, 1 end))
print(xpcall(error, print, 1,2))
print(pcall(xpcall, 1)) print(pcall(xpcall, 1, 2)) print(pcall(xpcall))print(xpcall(1, print))

print(xpcall(function() local t = setmetatable({}, {__index = function() error("idx") end}) return t.x end, function(m) return "h " .. m end))
print(pcall(xpcall, error)) print(xpcall(pcall, print, error, "e"))
print(xpcall(function() xpcall(error, function(m) error("inner handler") end, "x") error("outer", 0) end, function(m) return "H:" .. m end))
local order = {}
print(xpcall(function()
  local a <close> = setmetatable({}, {__close = function(_, e) order[#order + 1] = "a " .. tostring(e) end})
  local b <close> = setmetatable({}, {__close = function(_, e) order[#order + 1] = "b " .. tostring(e) error("from b", 0) end})
  error("first", 0)
end, function(m) order[#order + 1] = "handler " .. m return "<" .. m .. ">" end))
print(table.concat(order, "\n"))
print(xpcall(function() coroutine.wrap(function() error("c", 0) end)() end, function(m) return "H:" .. m end))
local co = coroutine.create(function() return xpcall(function() coroutine.yield("y") error("late", 0) end, function(m) return "H:" .. m end) end)
print(coroutine.resume(co)) print(coroutine.resume(co)) print(coroutine.status(co))
print(select("#", xpcall(error, function() return 1, 2 end)))

-- handlers inside of handlers end
do
  local calls = 0
  local function nested(m)
    calls = calls + 1
    return xpcall(error, nested, m)
  end
  print(xpcall(error, nested, "x"))
  print(calls)
end
