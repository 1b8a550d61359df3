-- The eight types, as type and tostring tell them.
local values = {false, 1, 1.5, "s", print, function() end, coroutine.create(print), {}, io.stdout}
print(type(nil), tostring(nil))
for i = 1, #values do print(i, type(values[i])) end
print(tostring(true), tostring(false), tostring(12), tostring(-0.0), tostring("text"))
