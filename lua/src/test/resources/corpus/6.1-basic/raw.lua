local function e(f, ...) local r = table.pack(pcall(f, ...)) print(table.unpack(r, 1, r.n)) end
local t=setmetatable({},{__index=function() return 1 end,__newindex=function() error("no") end,__len=function() return 99 end,__eq=function() return true end})
print(rawget(t,"x"),t.x,rawlen(t),#t,rawequal(t,setmetatable({},getmetatable(t))),rawset(t,"a",5)==t,rawget(t,"a"))
e(rawget) e(rawget,1,2) e(rawset,{},nil,2) e(rawset,{},0/0,2) e(rawset,{},1) e(rawlen,5) e(rawlen) e(rawequal,1) print(rawequal(1,1.0),rawequal("a","a"),rawequal({}, {}),rawequal(0.0,-0.0))
