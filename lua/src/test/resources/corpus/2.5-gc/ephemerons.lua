-- A weak key that is reachable only from its own value goes.
local t = setmetatable({}, {__mode = "k"})
local function fill()
  local k = {}
  t[k] = {key = k}
  local a, b = {}, {}
  t[a] = b
  t[b] = a
end
fill()
collectgarbage()
collectgarbage()
print(next(t))
local held = {}
t[held] = {back = held}
collectgarbage()
print(t[held].back == held)
