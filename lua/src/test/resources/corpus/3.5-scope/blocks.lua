x = 10
do local x = x x = x + 1 do local x = x + 1 print(x) end print(x) end
print(x) x = nil
local a = 1
local function f() return a end
local a = 2
print(f(), a)
for i = 1, 1 do local a = 3 print(a) end
if a == 2 then local a = 4 print(a) end
print(a)
