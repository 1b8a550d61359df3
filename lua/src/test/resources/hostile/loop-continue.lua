-- pauses
for i = 1, math.maxinteger do
  goto continue
  ::continue::
end
