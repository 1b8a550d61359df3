for i, v in ipairs{1, 2, nil, 4} do io.write(i, "=", v, " ") end print()
local t = setmetatable({}, {__index = function(_, i) if i < 4 then return i * 10 end end}) for i, v in ipairs(t) do io.write(i, "=", v, " ") end print()
print(select("#", ipairs({})), select(3, ipairs({}))) print(pcall(ipairs)) print((pcall(ipairs, nil))) for i in ipairs("abc") do print(i) end
local f, s, c = ipairs({5}) print(f(s, c)) print(f(s, 1)) print(ipairs{} == ipairs{})
for i, v in ipairs{1, 2, 3} do if i == 2 then break end io.write(v, " ") end print()
