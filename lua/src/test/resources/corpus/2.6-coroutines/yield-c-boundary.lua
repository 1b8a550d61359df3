-- The reference refuses to yield in these places; running works in both.
print(pcall(coroutine.wrap(function() return table.concat({1, 2}, ",") end)))
local co = coroutine.wrap(function() local t = {3, 1, 2} table.sort(t) coroutine.yield(table.concat(t)) return (("abc"):gsub("b", string.upper)) end)
print(co(), co())
