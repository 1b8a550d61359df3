local n = 3
while n > 0 do io.write(n, " ") n = n - 1 end
print()
while true do n = n + 1 if n == 5 then break end end
print(n)
while n do local m = n if n > 6 then n = nil else n = n + 1 end io.write(m, ",") end
print(n)
local fs = {}
local i = 0
while i < 3 do i = i + 1 local j = i fs[i] = function() j = j + 1 return j end end
print(fs[1](), fs[1](), fs[2](), fs[3]())
