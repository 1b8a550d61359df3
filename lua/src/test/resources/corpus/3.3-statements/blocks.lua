-- do blocks limit scope.
local x = 1
do
  local x = 2
  print(x)
  do local x = x + 10 print(x) end
  print(x)
end
print(x)
do end
do return print("return ends a chunk from inside a block") end
