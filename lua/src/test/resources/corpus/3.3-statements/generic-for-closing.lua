-- The fourth value is closed when the loop ends, however it ends.
local function closer(name) return setmetatable({}, {__close = function(_, e) print("closed", name, e) end}) end
local function iter(_, n) n = (n or 0) + 1 if n <= 3 then return n end end
for i in iter, nil, nil, closer("finished") do io.write(i, " ") end
for i in iter, nil, nil, closer("broken") do if i == 2 then break end end
print(pcall(function() for i in iter, nil, nil, closer("failed") do error("stop", 0) end end))
local function f() for i in iter, nil, nil, closer("returned") do return i * 10 end end
print(f())
for i in iter, nil, nil, closer("left by goto") do goto out end
::out::
for i in iter, nil, nil, nil do io.write(i, " ") end print()
print(pcall(function() for i in iter, nil, nil, {} do end end))
