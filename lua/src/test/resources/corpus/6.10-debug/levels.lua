local co = coroutine.create(function() end) coroutine.resume(co)
local function g() local info = debug.getinfo(1, "nSlutfr") print(info.name, info.namewhat, info.short_src, info.currentline, info.nups, info.nparams, info.isvararg, info.istailcall, info.func == g, info.ftransfer, info.ntransfer, info.what, info.linedefined, info.lastlinedefined) end
g()
local function h() return g() end
h()
local t = {m = g} t.m() t:m()
local mt = setmetatable({}, {__add = g, __index = g, __close = function() g() end})
local _ = mt + 1; _ = mt.x
for a in (function() local i = debug.getinfo(1, "n") print(i.name, i.namewhat) end) do end
print(debug.getinfo(100), pcall(debug.getinfo, -1)) print(pcall(debug.getinfo, 1, "X")) print(pcall(debug.getinfo, 1, ">S")) print(pcall(debug.getinfo, "x"))
print(debug.getinfo(0, "n").name, debug.getinfo(0, "S").what, debug.getinfo(0, "f").func == debug.getinfo)
print(debug.getinfo(co, 0), debug.getinfo(2, "S").what)
xpcall(function() local q = 5; error("E") end, function(m) print(m, debug.getinfo(2, "n").name, debug.getinfo(3, "l").currentline, debug.traceback("tb", 2)) end)
