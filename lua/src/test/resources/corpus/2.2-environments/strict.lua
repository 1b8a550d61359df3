-- Metamethods of the environment see reads and writes of globals.
local log = {}
local env = setmetatable({print = print}, {
  __index = function(_, k) log[#log + 1] = "read " .. k return nil end,
  __newindex = function(t, k, v) log[#log + 1] = "write " .. k rawset(t, k, v) end,
})
load("a = 1; a = 2; local x = b; c = a", "=c", "t", env)()
print(table.concat(log, ", "))
