-- Functions that return one integer as long as what they call themselves does.
local function fib(n)
  if n < 2 then return n end
  return fib(n - 1) + fib(n - 2)
end
print(fib(1), fib(15), fib(2.0), fib(7.5))
print(pcall(fib, "x"))
print(pcall(fib, "7"))

local function size(t)
  if t.left then
    return size(t.left) + size(t.right) + 1
  else
    return 1
  end
end
local leaf = {}
print(size({ left = { left = leaf, right = leaf }, right = leaf }))
print(pcall(size, { left = leaf }))

local function depth(n)
  if n == 0 then return 0 end
  local below = depth(n - 1)
  local here = below + 1
  return here
end
print(depth(400))

local function wraps(n)
  if n == 0 then return math.maxinteger end
  return wraps(n - 1) + 1
end
print(wraps(1), wraps(3))

-- The result is not used, used whole, or used twice over.
local calls = 0
local function noted(n)
  calls = calls + 1
  if n == 0 then return 1 end
  noted(n - 1)
  print(n, noted(n - 1))
  local t = { noted(n - 1) }
  return noted(n - 1) * #t + select("#", noted(0))
end
print(noted(2), calls)

-- The argument is a result.
local function nested(n)
  if n > 20 then return n - 2 end
  return nested(nested(n + 5))
end
local function hofstadter(n)
  if n < 1 then return 0 end
  local r = n - hofstadter(hofstadter(n - 1))
  return r
end
print(nested(1), hofstadter(20))

-- A loop whose bound is a result; results in comparisons and as keys.
local function loops(n)
  if n == 0 then return 1 end
  local sum = 0
  for i = 1, loops(n - 1) do
    sum = sum + i
    if loops(0) == i then sum = sum + 10 end
  end
  local t = { 5, 6, 7 }
  if t[loops(0)] == 5 then sum = sum + 100 end
  return sum
end
print(loops(0), loops(1), loops(2))

-- Other operations on a result: bits, quotients, and what is no integer any more.
local function bits(n)
  if n == 0 then return 12 end
  local r = bits(n - 1)
  local half = r / 2
  local text = r .. "|" .. half
  if text == "" then return 1 end
  return (r << 1 | n) & 0xff ~ r // 3 % 7
end
print(bits(1), bits(5))

-- A function whose end can be reached returns nothing.
local function mayEnd(n)
  if n > 0 then return 1 + (mayEnd(n - 1) or 10) end
end
print(mayEnd(3), (select("#", mayEnd(0))))

-- An error below, with a function's end to be run on the way.
local function fails(n)
  local guard <close> = setmetatable({}, { __close = function() io.write("closed ", n, "\n") end })
  if n == 0 then error("deep down", 0) end
  return fails(n - 1) + 1
end
print(pcall(fails, 3))
