local mt = {
  __add = function(a, b) return coroutine.yield("add") end,
  __index = function(t, k) return coroutine.yield("index " .. k) end,
  __newindex = function(t, k, v) coroutine.yield("newindex " .. k) rawset(t, k, v) end,
  __eq = function() return coroutine.yield("eq") end,
  __lt = function() return coroutine.yield("lt") end,
  __concat = function() return coroutine.yield("concat") end,
  __len = function() return coroutine.yield("len") end,
  __call = function(_, x) return coroutine.yield("call " .. x) end,
  __unm = function() return coroutine.yield("unm") end,
}
local co = coroutine.wrap(function()
  local a, b = setmetatable({}, mt), setmetatable({}, mt)
  local r = {a + 1, a.x, a == b, a < b, a .. "x", #a, a(7), -a, not (a > b)}
  a.field = 5
  r[#r + 1] = rawget(a, "field")
  for i, v in ipairs(r) do r[i] = tostring(v) end
  return table.concat(r, " ")
end)
local r = co()
local n = 0
while true do
  io.write(r, "; ")
  n = n + 1
  r = co(n)
  if n == 10 then break end
end
print(r)
