-- Results are computed before variables are closed.
local state = "open"
local function get()
  local c <close> = setmetatable({}, {__close = function() state = "closed" end})
  return state
end
print(get(), state)
local function tailish()
  local c <close> = setmetatable({}, {__close = function() io.write("closing ") end})
  return (function() io.write("called ") return 1, 2, 3 end)()
end
print(tailish())
print(load("local a <close>, b <close> = 1, 2", "=c"))
