do local i=1 ::top:: if i<=3 then io.write(i," ") i=i+1 goto top end print() end
for i=1,3 do for j=1,3 do if j==2 then goto next end io.write(i,j," ") ::next:: end end print() do goto e local x ::e:: end local t={} for i=1,3 do local x=i t[i]=function() x=x+1 return x end end print(t[1](),t[1](),t[2]())
print(load("goto nope")) print(load("do local a goto b end ::b:: ::b::")) print(load("goto f local x ::f:: print(x)"))
