local function e(f, ...) local r = table.pack(pcall(f, ...)) print(table.unpack(r, 1, r.n)) end
e(assert,false) e(assert,nil,"msg") e(assert) e(assert,1,2,3) print(select("#",assert(1,nil,3)))
e(assert,false,nil) local t={} local ok,v=pcall(assert,false,t) print(v==t)
