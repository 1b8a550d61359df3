-- ends
local co
co = coroutine.create(function() return coroutine.resume(co) end)
local _, ok, m = coroutine.resume(co)
assert(not ok and m == "cannot resume non-suspended coroutine", m)
local w
w = coroutine.wrap(function() return pcall(w) end)
assert(select(2, w()) == false or true)
