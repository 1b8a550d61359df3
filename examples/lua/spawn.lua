-- Tasks: things that wait side by side, on one thread.
-- Run: ./corona examples/lua/spawn.lua

local corona = require "corona"

-- Three waits of different length; their results come in the order in which they were asked for.
local function fetch(name, seconds)
  corona.sleep(seconds)
  return name .. " took " .. seconds
end

local began = corona.now()
local tasks = {}
for i, name in ipairs { "slow", "quick", "middling" } do
  tasks[i] = corona.spawn(fetch, name, ({ 0.3, 0.1, 0.2 })[i])
end
for _, task in ipairs(tasks) do print(task:await()) end
print("all of it took less than the sum:", corona.now() - began < 0.6)

-- A channel hands values from task to task; a full one makes the sender wait.
local squares = corona.channel(2)
corona.spawn(function()
  for i = 1, 5 do squares:send(i * i) end
  squares:close()
end)
local sum = 0
for square in squares:values() do sum = sum + square end
print("sum of squares", sum)

-- What takes too long is left where it waits, and cleans up.
local function patient()
  local guard <close> = setmetatable({}, { __close = function() print "cleaned up" end })
  corona.sleep(60)
end
print("patient", corona.timeout(0.1, patient))

-- An error in a task is an error where the task is awaited.
local task = corona.spawn(function() error("out of luck", 0) end)
print("failed", pcall(task.await, task))
