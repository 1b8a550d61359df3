local function iter(s, c) if c < s then return c + 1, c * c end end
for i, sq in iter, 4, 0 do io.write(i, ":", sq, " ") end print()
for a, b, c in function(_, n) if not n then return 1, 2 end end do print(a, b, c) end
for k in pairs({}) do print("never") end
local t = {}
for i, v in ipairs({10, 20, nil, 40}) do t[#t + 1] = i .. "=" .. v end
print(table.concat(t, " "))
for w in ("a b c"):gmatch("%a") do io.write(w, ".") end print()
for k, v in next, {5} do print(k, v) end
local callable = setmetatable({}, {__call = function(_, s, c) c = (c or 0) + 1 if c <= s then return c end end})
for i in callable, 3 do io.write(i, " ") end print()
