-- The control variable is new in each iteration; the bounds are evaluated once.
local fs = {}
for i = 1, 3 do fs[i] = function() i = i + 10 return i end end
print(fs[1](), fs[1](), fs[2](), fs[3]())
local calls = 0
local function bound(n) calls = calls + 1 return n end
for i = bound(1), bound(3), bound(1) do end
print(calls)
local i = "outer"
for i = i == "outer" and 1 or 5, 2 do io.write(i, " ") end
print(i)
