print(tostring(nil), tostring(true), tostring(1), tostring(-0.0), tostring(1e100), tostring("x\0y"), #tostring("x\0y"))
for _, v in ipairs{{}, print, function() end, coroutine.create(print), io.stdout} do print((tostring(v):gsub("0x%x+", "0x"))) end
print(pcall(tostring)) print(tostring(nil, 1)) print(tostring(2^31), tostring(2^53), tostring(123456789.123), tostring(1/0), tostring(-1/0), tostring(3) == "3", tostring(3.0))
