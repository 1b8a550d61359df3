-- The condition sees the block's locals.
local n = 0
repeat local done = n >= 3 n = n + 1 until done
print(n)
repeat n = n - 1 if n == 1 then break end until false
print(n)
local fs = {}
repeat local k = n fs[#fs + 1] = function() return k end n = n + 1 until #fs == 3 or (function() return k == 99 end)()
print(fs[1](), fs[2](), fs[3]())
repeat local x <close> = setmetatable({}, {__close = function() io.write("closed ") end}) n = n + 1 until n > 5
print(n)
