-- The error that ends a coroutine leaves its variables open until the coroutine is closed.
local function closer(name)
  return setmetatable({}, {__close = function(_, e) print("close", name, e) end})
end
local co = coroutine.create(function()
  local a <close> = closer("a")
  local b <close> = closer("b")
  error("fails", 0)
end)
print(coroutine.resume(co))
print(coroutine.status(co))
print(coroutine.close(co))
print(coroutine.close(co))

-- A protected call inside closes at once.
local inner = coroutine.create(function()
  print(pcall(function()
    local c <close> = closer("c")
    error("caught", 0)
  end))
  local d <close> = closer("d")
  error("not caught", 0)
end)
print(coroutine.resume(inner))
print(coroutine.close(inner))

-- So does wrap, which closes its coroutine.
local w = coroutine.wrap(function()
  local e <close> = closer("e")
  local f <close> = setmetatable({}, {__close = function(_, err) error("closing after " .. tostring(err), 0) end})
  error("wrapped", 0)
end)
print(pcall(w))

-- Errors of closing replace the error.
local failing = coroutine.create(function()
  local g <close> = closer("g")
  local h <close> = setmetatable({}, {__close = function() error("h", 0) end})
  error("first", 0)
end)
print(coroutine.resume(failing))
print(coroutine.close(failing))
