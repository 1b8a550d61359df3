-- __newindex is asked for keys that are not there.
local log = {}
local t = setmetatable({x = 1}, {__newindex = function(t, k, v) log[#log + 1] = tostring(k) .. "=" .. tostring(v) end})
t.x = 2
t.y = 3
t[1] = "one"
t.y = 4
print(t.x, t.y, t[1], table.concat(log, " "))
rawset(t, "y", 5)
t.y = 6
print(t.y, #log)
local store = {}
local p = setmetatable({}, {__newindex = store})
p.a = 1
print(rawget(p, "a"), store.a)
print(pcall(function() setmetatable({}, {__newindex = 1}).x = 1 end))
