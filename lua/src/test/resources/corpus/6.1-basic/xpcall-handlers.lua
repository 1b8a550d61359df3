local function h(m) return "handled: " .. tostring(m) end
print(xpcall(error, h, "m", 0)) print(xpcall(function(...) return ... end, h, 1, nil, 3)) print(xpcall(function() local x = nil; return x.y end, h)) print(xpcall(error, function(m) return m, "dropped" end, "a", 0)) print(pcall(xpcall)) print(pcall(xpcall, print)) print(pcall(xpcall, print, 1)) print(xpcall(1, h)) print(xpcall(error, h)) print(xpcall(error, function() end, "x"))
print(xpcall(function() error({code = 3}) end, function(e) return e.code end))
