for i = 1, 5 do
  if i % 2 == 0 then goto continue end
  local square = i * i
  io.write(square, " ")
  ::continue::
end
print()
local i = 0
while i < 6 do i = i + 1 if i == 2 or i == 4 then goto next end io.write(i, " ") ::next:: end
print()
