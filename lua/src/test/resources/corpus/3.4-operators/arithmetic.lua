local function e(f, ...) local r = table.pack(pcall(f, ...)) print(table.unpack(r, 1, r.n)) end
print(7//2,-7//2,7//-2,7.0//2,-7//2.0,7%3,-7%3,7%-3,-7%-3,7.5%2,-7.5%2,7.5%-2,5%math.huge,-5%math.huge,1//0.0,-1//0.0,0/0~=0/0)
e(function() return 1//0 end) e(function() return 1%0 end) print(1%0.0~=1%0.0,2^10,2^0.5,10/2,3|4,7&2,5~3,~0,1<<63,1<<64,1<<-1,-1>>1,-1>>63,1>>-2,"10"+5,"0x10"*1,"3.5"+1,10 .."")
print(math.maxinteger+1==math.mininteger,math.mininteger//-1,math.mininteger%-1,-math.mininteger,math.maxinteger*2,math.maxinteger+0.0,1e308*10,-1e308*10)
print(3==3.0,1<1.5,math.maxinteger<math.huge,math.maxinteger+0.0==math.maxinteger,2^53==2^53+1,"a"<"b","a"<"B","Z"<"a",""<"a","a\0b"<"a\0c") print(0x7fffffffffffffff,0xffffffffffffffff,1e15,1e16,0x1p-2,3e0,100//1e-320)
e(function() return 1<"2" end) e(function() return {}<{} end) e(function() return 1.5&1 end) e(function() return "a"|1 end) e(function() return 2^63|0 end) e(function() return "1.5"|0 end) e(function() return {}+1 end) e(function() return #5 end) e(function() return -{} end) e(function() return "a".."b"..{} end) e(function() return nil..1 end)
