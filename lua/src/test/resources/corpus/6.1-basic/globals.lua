local t={} for k in pairs(_G) do if k ~= "arg" then t[#t+1]=k end end table.sort(t) print(table.concat(t," ")) print(_VERSION,_G._G==_G)
for _,l in ipairs{"coroutine","os","io","debug","string","table","math","utf8"} do local n={} for k in pairs(_G[l]) do n[#n+1]=k end table.sort(n) print(l,table.concat(n," ")) end
