local function run(a, b, c) local out = {} for x = a, b, c do out[#out + 1] = x end print(#out, table.concat(out, " ")) end
run(1.0, 3, 1) run(1, 3, 1.0) run(0, 1, 0.25) run(1, 0, -0.5) run(0.1, 0.35, 0.1) run(3.5, 1, 1)
run(1, 2.5, 1) run(1.5, 3, 1) run(-1.0, -3, -1)
print(pcall(run, 1.0, 2, 0))
print(pcall(run, 1, 2, 0.0))
local n = 0
for x = 1.0, math.huge do n = n + 1 if n == 3 then break end end
print(n)
for x = 0/0, 1 do print("never") end
