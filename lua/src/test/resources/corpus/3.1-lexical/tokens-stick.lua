-- Tokens need no space between them unless they would read as one.
local a,b=1,2 print(a+b,a-b,a..b,-a,a==b,a~=b,a<=b,a>=b,a<b,a>b,a//b,a<<b,a>>b,a~b,~a)
local t={[1]=1,x=2;3}print(t[1],t.x,#t)
print(1 ..2,"a".."b",a.."",({1,2})[2],("x"):rep(2))
local f=function(...)return...end print(f(1,2))
goto l::l::print"label"
if a==1 then print"then"end
for i=1,2 do io.write(i)end print()
print(load"if a==1then end")
