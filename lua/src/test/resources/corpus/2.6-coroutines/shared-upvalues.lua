local x = 0
local function worker(k) return coroutine.wrap(function() while true do x = x + k coroutine.yield(x) end end) end
local a, b = worker(1), worker(10)
print(a(), b(), a(), b(), x)
