local function e(f, ...) local r = table.pack(pcall(f, ...)) print(table.unpack(r, 1, r.n)) end
e(select,0) e(select,-5,1) e(select,"#") e(select,"#",nil,nil) e(select,2,"a","b","c") e(select,-1,1,2,3) e(select,"x") e(select) e(select,9,1) e(select,1.5) e(select,"2",1,2,3)
