-- Recursion inside a coroutine, and a yield from its bottom.
local function down(n) if n == 0 then return coroutine.yield("bottom") end return 1 + down(n - 1) end
local co = coroutine.create(down)
print(coroutine.resume(co, 500))
print(coroutine.resume(co, 7))
local function tree(n) if n > 0 then tree(n - 1) coroutine.yield(n) tree(n - 1) end end
local s = {}
for v in coroutine.wrap(function() tree(4) end) do s[#s + 1] = v end
print(table.concat(s))
