local function e(f, ...) local r = table.pack(pcall(f, ...)) print(table.unpack(r, 1, r.n)) end
e(setmetatable,{}) e(setmetatable,1,{}) e(setmetatable,{},1) e(getmetatable) print(getmetatable("").__index==string,getmetatable(1),getmetatable(nil))
local p=setmetatable({},{__metatable="locked"}) print(getmetatable(p)) e(setmetatable,p,{}) print(getmetatable(setmetatable({},nil)))
