local function e(f, ...) local r = table.pack(pcall(f, ...)) print(table.unpack(r, 1, r.n)) end
print(xpcall(function() error("a",0) end,function(m) return m.."!" end)) e(xpcall) e(xpcall,print)
print(xpcall(function(...) return ... end,print,1,2,3)) print(xpcall(error,function(m) return m,2 end,"z"))
print(xpcall(function() local x=nil; x() end,function(m) return (m:gsub("^.-:","")) end))
print(xpcall(function() error() end,function(m) return type(m) end))
