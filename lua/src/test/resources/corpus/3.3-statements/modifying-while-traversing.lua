-- Fields may be cleared and changed while next walks.
local t = {}
for i = 1, 100 do t["k" .. i] = i end
local n, sum = 0, 0
for k, v in pairs(t) do n = n + 1 sum = sum + v t[k] = nil end
print(n, sum, next(t))
for i = 1, 10 do t[i] = i end
for k, v in pairs(t) do t[k] = v * 2 end
print(table.concat(t, " "))
