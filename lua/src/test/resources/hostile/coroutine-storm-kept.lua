-- stops: MEMORY
local all = {}
while true do
  pcall(function()
    while true do
      local co = coroutine.create(function() local x = {} coroutine.yield(x) end)
      coroutine.resume(co)
      all[#all + 1] = co
    end
  end)
end
