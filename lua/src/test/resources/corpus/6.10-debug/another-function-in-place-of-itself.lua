-- A function that calls itself is given another function to call.
local function make()
  local function count(n)
    if n == 0 then return 0 end
    return count(n - 1) + 1
  end
  return count
end

local function with(other)
  local count = make()
  debug.setupvalue(count, 1, other)
  return count
end

print(make()(5))
print(with(function(n) return n * 100 end)(5))
print(with(function(n) return 0.5 end)(5))
print(with(function(n) return "41" end)(5))
print(with(function(n) return 7, 8, 9 end)(5))
print(with(math.abs)(5), with(math.sqrt)(5))
print(pcall(with(function(n) end), 5))
print(pcall(with(function(n) return {} end), 5))
print(pcall(with(nil), 5))
print(pcall(with(42), 5))
print(pcall(with(function(n) error("below", 0) end), 5))
local number = setmetatable({}, { __add = function(a, b) return "added " .. b end })
print(with(function(n) return number end)(5))
print(with(setmetatable({}, { __call = function(self, n) return n / 2 end }))(5))

-- What takes its place calls it in turn: integers and others mixed, at every depth.
local count = make()
debug.setupvalue(count, 1, function(n)
  local below = count(n)
  return n % 3 == 0 and below + 0.25 or below
end)
print(count(1), count(2), count(4), count(40))
debug.setupvalue(count, 1, function(n)
  if n % 2 == 0 then return count(n) else return count(n) * 1.0 end
end)
print(count(1), count(2), count(3), count(300))

-- It suspends the coroutine that calls it.
local waits = with(function(n) return coroutine.yield(n) end)
for _, answer in ipairs { 3, 2.5, "9", {} } do
  local co = coroutine.create(waits)
  print(coroutine.resume(co, 5))
  local ok, result = coroutine.resume(co, answer)
  print(ok, ok and result or result:gsub("^.-:%d+: ", ""))
end
local co = coroutine.wrap(function() return waits(1) + waits(1) end)
print(co(), co(1), co(0.5))
