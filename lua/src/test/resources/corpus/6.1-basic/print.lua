local function e(f, ...) local r = table.pack(pcall(f, ...)) print(table.unpack(r, 1, r.n)) end
print() print(nil,true,1,1.5,"s") e(print,setmetatable({},{__tostring=function() return 1 end})) e(print,setmetatable({},{__tostring=function() error("in tostring",0) end})) print(("x"):rep(10),"\0end")
