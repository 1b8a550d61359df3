-- What random programs call. The same text runs on the reference and here; program(source) runs one of them.
local fuel

-- Every loop that might be long and every function begins with it, so that all programs end.
function burn()
  fuel = fuel - 1
  if fuel < 0 then error("out of fuel", 0) end
end

function int(x) return math.type(x) == "integer" and x or 0 end
function float(x) return math.type(x) == "float" and x or 0.5 end
function str(x) return type(x) == "string" and x or "" end

-- What tostring gives, without addresses.
function text(x) return type(x) == "table" and "table" or type(x) == "function" and "function" or tostring(x) end

-- Strings that grow in a loop stay short.
function cut(s) return #s > 24 and s:sub(1, 24) or s end

-- An index of a list, or the first one behind it.
function at(list, i) return i % (#list + 1) + 1 end

-- A list of this program's own, short again where it has grown.
function list(x)
  if type(x) ~= "table" then return {} end
  while #x > 12 do x[#x] = nil end
  return x
end

local function shown(v, depth)
  if v ~= v then return "nan" end
  if type(v) == "string" then return string.format("%q", v) end
  if type(v) ~= "table" then return type(v) == "function" and "function" or tostring(v) end
  if depth > 2 then return "{...}" end
  local keys, out = {}, {}
  for k in next, v do keys[#keys + 1] = k end
  table.sort(keys, function(a, b)
    if type(a) ~= type(b) then return type(a) < type(b) end
    return a < b
  end)
  for i, k in ipairs(keys) do out[i] = tostring(k) .. "=" .. shown(rawget(v, k), depth + 1) end
  return "{" .. table.concat(out, ",") .. "}"
end

-- A value in the same words on every machine: keys in order, no addresses, no sign of nan.
function show(v)
  if type(v) == "thread" or type(v) == "userdata" then return type(v) end
  return shown(v, 0)
end

function say(...)
  local out = table.pack(...)
  for i = 1, out.n do out[i] = show(out[i]) end
  print(table.concat(out, " "))
end

-- A value that says when it is closed.
function closer(name)
  return setmetatable({}, {__close = function(_, e) say("close " .. name, e) end})
end

function sorted(t, less)
  table.sort(t, less)
  return t
end

-- Calls back a few times with integers, gives the sum of what it gets.
function each(n, f)
  local sum = 0
  for i = 1, n do sum = sum + int(f(i, n - i)) end
  return sum
end

-- An iterator with a state of its own.
function upto(n)
  local i = 0
  return function()
    i = i + 1
    if i <= n then return i, i * i end
  end
end

local environment = setmetatable({}, {__index = _G})

-- A function of a program's text.
function compiled(source)
  local f, message = load(source, "=p", "t", environment)
  return f or function() say(message) end
end

-- Runs what compiled gave, which may be run again.
function run(f)
  fuel = 300
  for k in pairs(environment) do environment[k] = nil end
  say(pcall(f))
end
