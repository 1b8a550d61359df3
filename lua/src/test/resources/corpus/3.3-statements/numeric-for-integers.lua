local function run(...) local out = {} local a, b, c = ... for i = a, b, c or 1 do out[#out + 1] = i end print(table.concat(out, " ")) end
run(1, 5) run(5, 1) run(5, 1, -2) run(1, 6, 2) run(-3, 3, 3) run(1, 1) run(1, 0) run(0, -1, -1)
run(1, 3.9) run(3, 1.1, -1) run(1, math.huge, 1 << 62) run(-1, -math.huge, math.mininteger)
print(pcall(run, 1, 2, 0))
local n = 0
for i = 10, 12 do i = i * 2 n = n + i end
print(n)
for i = 3, 1 do print("never") end
