local function e(f, ...) local r = table.pack(pcall(f, ...)) print(table.unpack(r, 1, r.n)) end
print(load("return 1+1")()) print(load("x =")) print(load("return ...","n","t",{})(7)) e(load) print(type(load("return a","=c","t",{a=5})))
print(load("return a","c","t",{a=5})()) print(load("return 1","n","b")) e(load,{}) print(load("syntax error here","=name")) print(load("x=","@file.lua")) print(load("x=","line1\nline2"))
local parts={"return"," 4","2",nil} local i=0 print(load(function() i=i+1 return parts[i] end)()) print(pcall(load,function() error("boom",0) end)) print(pcall(load,function() return {} end))
print(load("\27Lua","b","t")) print(type(load(function() return nil end))) local f=load("local a <const> = 5; return function() return a end") print(f()())
print(load("goto x")) print(load("break")) print(load("for i=1 do end")) print(load("x=}")) print(load("return 'abc")) print(load("--[[ unclosed")) print(load("a.b:c = 1"))
