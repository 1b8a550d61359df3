-- ends
local co = coroutine.create(function()
  local x <close> = setmetatable({}, { __close = function() error("again") end })
  local y <close> = setmetatable({}, { __close = function() coroutine.yield() end })
  coroutine.yield()
end)
coroutine.resume(co)
print(coroutine.close(co))
