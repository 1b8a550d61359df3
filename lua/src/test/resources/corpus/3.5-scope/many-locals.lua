-- 200 locals are the most; 255 upvalues of a function are the most.
local function locals(n) local t = {} for i = 1, n do t[i] = "local x" .. i .. " = " .. i end t[#t + 1] = "return x1 + x" .. n return table.concat(t, "\n") end
print(load(locals(200), "=c")())
print(load(locals(201), "=c"))
local t = {} for i = 1, 150 do t[#t + 1] = "local a" .. i .. " = " .. i end t[#t + 1] = "local function f() return 0" for i = 1, 150 do t[#t + 1] = " + a" .. i end t[#t + 1] = " end return f()"
print(load(table.concat(t, "\n"), "=c")())
