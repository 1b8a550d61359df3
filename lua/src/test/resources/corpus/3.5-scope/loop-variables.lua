local fs = {}
for i = 1, 3 do local j = i * 2 fs[#fs + 1] = function() j = j + i return j end end
print(fs[1](), fs[1](), fs[2](), fs[3]())
for k, v in pairs{a = 1} do fs[1] = function() return k, v end end
print(fs[1]())
local i = 5
repeat local i = i - 1 until i < 10
while i > 4 do local i2 = i i = i - 1 fs[2] = function() return i2, i end end
print(fs[2]())
