local function e(f, ...) local r = table.pack(pcall(f, ...)) print(table.unpack(r, 1, r.n)) end
print(collectgarbage("count")>0,collectgarbage(),collectgarbage("isrunning"),collectgarbage("stop"),collectgarbage("isrunning"),collectgarbage("restart"),collectgarbage("isrunning")) e(collectgarbage,"x") e(collectgarbage,1)
print(collectgarbage("incremental")=="generational",collectgarbage("generational"),collectgarbage("incremental"),collectgarbage("setpause",150)==200,collectgarbage("setpause",100),collectgarbage("setstepmul",300)==100)
local w=setmetatable({},{__mode="k"}) w[{}]=1 while next(w) do collectgarbage() end print("weak key gone")
local v=setmetatable({},{__mode="v"}) v[1]={} v.x="str" v.y=5 while v[1] do collectgarbage() end print("weak value gone",v.x,v.y)
local done=false do setmetatable({},{__gc=function() done=true end}) end while not done do collectgarbage() end print("finalized")
