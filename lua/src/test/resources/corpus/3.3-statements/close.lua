local function e(f, ...) local r = table.pack(pcall(f, ...)) print(table.unpack(r, 1, r.n)) end
local function mk(n) return setmetatable({},{__close=function(_,er) print("close",n,er) end}) end
do local a <close> = mk("a") local b <close> = mk("b") print("body") end
e(function() local a <close> = mk("x") error("err",0) end) local function f() local a <close> = mk("r") return 1,2,3 end print(f())
for i=1,2 do local c <close> = mk(i) if i==1 then goto cont end print("i",i) ::cont:: end
e(function() local a <close> = 5 end) do local n <close> = nil local m <close> = false end
e(function() local a <close> = setmetatable({},{__close=function() error("second",0) end}) error("first",0) end)
local co=coroutine.wrap(function() local a <close> = mk("co") coroutine.yield(1) return 2 end) print(co(),co())
local c=coroutine.create(function() local a <close> = mk("closed") coroutine.yield() end) coroutine.resume(c) print(coroutine.close(c),coroutine.status(c))
for k in (function() local d=0 return function() d=d+1 if d<3 then return d end end,nil,nil,mk("iter") end)() do print(k) end
