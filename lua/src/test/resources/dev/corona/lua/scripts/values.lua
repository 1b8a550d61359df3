-- multiple assignment, adjusting, varargs
local a, b, c = (function() return 1, 2, 3 end)()
print(a, b, c)
local d, e = ((function() return 1, 2 end)())
print(d, e)
a, b = b, a print(a, b)
local i, t = 1, {}
i, t[i] = i + 1, 20
print(i, t[1], t[2])
t[i], i = i, 7 print(t[2], i)
local function v(...) local x, y = ... return select('#', ...), x, y, ... end
print(v()) print(v(nil)) print(v(1, nil, nil)) print((v(1, 2)))
print(select(-1, 1, 2, 3), select(2, 'a', 'b', 'c'))
local packed = {v(1, 2), v(3, 4)}
print(#packed, packed[1], packed[2])
print(#{n = 1, 2, 3, 5})
local function none() end
print(none(), (none()), type((none())))
print(pcall(select, 0))
local function many(n) local r = {} for k = 1, n do r[k] = k end return table.unpack(r) end
print(select('#', many(250)), (select(250, many(250))))
print(math.max(many(100)))
local s = 0 for _, x in ipairs({many(60)}) do s = s + x end print(s)
