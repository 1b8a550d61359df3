for i = 1, 3 do for j = 1, 3 do if j == 2 then break end io.write(i, j, " ") end end print()
while true do repeat break until false break end print("out")
for i = 1, 5 do
  if i == 3 then break end
  local f = function() for j = 1, 9 do break end return i end
  io.write(f(), " ")
end print()
print(load("break", "=c")) print(load("while true do local f = function() break end end", "=c"))
