local function e(f, ...) local r = table.pack(pcall(f, ...)) print(table.unpack(r, 1, r.n)) end
print(next({})) print(next({10})) print(next({10},1)) e(next,{},1) e(next) e(next,1)
local t={1,2,3,x=1,y=2} local n=0 for k,v in pairs(t) do n=n+1 t[k]=nil end print(n,next(t))
for k,v,z in pairs(setmetatable({},{__pairs=function(t) return function(_,k) if not k then return 1,2 end end,t,nil end})) do print(k,v,z) end
e(pairs) e(ipairs) for i,v in ipairs({1,2,nil,4}) do io.write(i,"=",v," ") end print()
for i,v in ipairs(setmetatable({},{__index=function(_,i) if i<4 then return i*i end end})) do io.write(i,"=",v," ") end print()
local s={} for i=1,10 do s[i]=i end for k in pairs(s) do s[k]=nil end print(next(s))
local c=0 for _ in pairs({[1]=1,[2.5]=2,a=3,[true]=4}) do c=c+1 end print(c)
