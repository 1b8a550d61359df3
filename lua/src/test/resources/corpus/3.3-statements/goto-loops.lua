do local i = 1 ::top:: if i <= 3 then io.write(i, " ") i = i + 1 goto top end print() end
for i = 1, 3 do for j = 1, 3 do if i * j == 4 then goto done end io.write(i * j, " ") end end
::done:: print("done")
do goto forward; print("skipped") ::forward:: print("landed") end
do local k = 0 ::a:: k = k + 1 if k < 3 then goto a elseif k < 5 then goto b end goto c ::b:: k = k + 10 goto a ::c:: print(k) end
