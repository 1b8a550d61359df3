-- ends
-- Recursion without end in which coroutines are resumed at each level.
for i = 1, 10 do
    local co = coroutine.wrap(function()
        local ticker = coroutine.wrap(function() while true do coroutine.yield(1) end end)
        local function dive(n) ticker(); return 1 + dive(n + 1) end
        local function pad(n) if n == 0 then return dive(1) end return (pad(n - 1)) end
        local ok, message = pcall(pad, i * 3)
        coroutine.yield(ok, message)
        coroutine.yield(pcall(ticker))
        return "end"
    end)
    local ok, message = co()
    assert(not ok and string.find(message, "stack overflow"), message)
    local goes, value = co()
    assert(goes and value == 1 or string.find(value, "dead coroutine"), value)
    assert(co() == "end")
end

for i = 1, 10 do
    local function dive(n)
        local inner = coroutine.wrap(function() coroutine.yield(n); return dive(n + 1) end)
        inner()
        return inner()
    end
    local ok, message = pcall(dive, 1)
    assert(not ok and string.find(message, "overflow"), message)
end
