local function e(f, ...) local r = table.pack(pcall(f, ...)) print(table.unpack(r, 1, r.n)) end
e(pcall) print(pcall(pcall)) print(pcall(pcall,error,"a")) print(pcall(print,1,2)) e(pcall,1)
print(pcall(function(...) return select("#",...),... end,nil,nil)) print(pcall(pcall,pcall,pcall,error))
e(nil) e({}) print(pcall(setmetatable({},{__call=function(self,a) return a end}),7))
print(select("#",pcall(function() end)))
