-- What the start-up cache of Lua learns from: one of each construct and of each common function. What most scripts do not
-- use (sockets, the prompt) is left out, since every start loads all classes of the cache.

local Account = {}
Account.__index = Account
Account.__add = function(a, b) return a.balance + b.balance end
Account.__tostring = function(self) return 'account of ' .. self.balance end

function Account.new(balance) return setmetatable({ balance = balance }, Account) end

function Account:deposit(amount)
  if amount < 0 then error('negative amount', 2) end
  self.balance = self.balance + amount
  return self.balance
end

local function numbers()
  local sum, product, list = 0, 1.5, {}
  for i = 1, 200 do
    sum = sum + i * 7 // 3 % 11 ~ i & 0xff | 1 << 3
    product = product * 1.01 - i / 3 ^ 0.5
    list[i] = (i * 7919) % 101
  end
  for x = 1.0, 0.0, -0.25 do product = product + x end
  table.sort(list, function(a, b) return a > b end)
  table.insert(list, 1, -sum)
  table.remove(list)
  print(#list, math.floor(product), math.max(sum, 3), math.type(sum), table.concat(list, ',', 1, 5), table.unpack(list, 1, 2))
  return tostring(product) .. ' ' .. tonumber('0x10') .. ' ' .. math.random(10) % 1
end

local function strings()
  local text = ('the quick brown fox '):rep(3)
  local counts = {}
  for word in text:gmatch('%a+') do counts[word] = (counts[word] or 0) + 1 end
  for word, count in pairs(counts) do io.write(word, '=', count, ' ') end
  for i, part in ipairs { text:find('quick'), text:sub(1, 3), text:gsub('%s+', '_'), text:upper(), text:byte(1) } do
    io.write(string.format('%d %5s %q %g %x\n', i, part, 'x', 1.5, 255))
  end
  for line in io.lines(arg[0]) do
    if #line > 120 then io.stderr:write(line) end
  end
end

local function coroutines()
  local squares = coroutine.wrap(function(...)
    for i = 1, select('#', ...) do coroutine.yield(i * i) end
  end)
  local co = coroutine.create(function(x) return x + coroutine.yield(x) end)
  print(squares(1, 2, 3), squares(), coroutine.resume(co, 1), coroutine.status(co), coroutine.resume(co, 2))
end

local function control(n)
  local closing <close> = setmetatable({}, { __close = function() end })
  local limit <const> = 10
  while n < limit do
    n = n + 1
    if n == 3 then goto continue elseif n == 5 then break else n = n + 0 end
    ::continue::
  end
  repeat n = n - 1 until n <= 0
  return n and not nil or false
end

local one, two = Account.new(1), Account.new(2.5)
one:deposit(3)
print('training', tostring(one), one + two, one == two, control(1), numbers())
strings()
coroutines()
print(pcall(one.deposit, one, -1), pcall(function() return one.missing.field end), load('return 1 +'))
print(xpcall(error, debug.traceback, 'failed'), assert(load('return ...'))(1), next({}), rawequal(1, 1), os.time() > 0, os.getenv('HOME'))
print(utf8.char(228), string.pack('<i4', 7):byte(1, -1), pcall(require, 'missing.module'), os.date('%Y'), collectgarbage('count') > 0)
