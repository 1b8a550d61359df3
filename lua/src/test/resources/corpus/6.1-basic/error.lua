local function e(f, ...) local r = table.pack(pcall(f, ...)) print(table.unpack(r, 1, r.n)) end
e(error) e(error,nil) e(error,"x",0) e(error,"x",1) e(error,"x",2) print(select("#",pcall(error,{},0)))
local function f() error("in f",2) end local function g() f() end e(g)
local ok,v=pcall(error,setmetatable({},{__tostring=function() return "TS" end})) print(tostring(v))
e(function() error("level1") end) e(function() error(42) end) e(function() error(true) end)
e(error,"x","y")
