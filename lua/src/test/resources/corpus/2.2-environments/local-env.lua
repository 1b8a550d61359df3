-- A local named _ENV takes over.
local print = print
do
  local _ENV = {v = 10}
  print(v, w)
  w = 20
  print(_ENV.w)
end
print(v, w)
local function f(_ENV) return a + b end
print(f{a = 1, b = 2})
local function g() local _ENV <const> = {z = "constant env"} return z end
print(g())
