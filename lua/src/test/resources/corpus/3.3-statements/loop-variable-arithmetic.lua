-- Arithmetic on loop variables of all kinds.
local s = 0
for i = -3, 3 do if i ~= 0 then s = s + 7 // i + 7 % i end end
print(s)
local f = 0
for x = -1.5, 1.5, 0.5 do f = f + (x * 2) // 1 end
print(f)
for i = 1, 3 do local i = i / 2 io.write(i, " ") end print()
