local function e(f, ...) local r = table.pack(pcall(f, ...)) print(table.unpack(r, 1, r.n)) end
e(tostring) print(tostring(nil),tostring(true),tostring(1),tostring(1.0),tostring(-0.0),tostring("x"))
print(tostring(setmetatable({},{__tostring=function() return "obj" end}))) e(tostring,setmetatable({},{__tostring=function() return {} end}))
print((tostring(setmetatable({},{__name="N"})):gsub("0x%x+","PTR"))) print((tostring({}):gsub("0x%x+","PTR")),(tostring(print):match("^%a+")))
print((tostring(coroutine.create(print)):gsub("0x%x+","PTR")))
