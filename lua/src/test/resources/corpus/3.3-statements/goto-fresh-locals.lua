-- A jump back gives closures new variables.
local fs = {}
do
  local n = 0
  ::again::
  local x = n
  fs[#fs + 1] = function() x = x + 1 return x end
  n = n + 10
  if n < 30 then goto again end
end
print(fs[1](), fs[1](), fs[2](), fs[3]())
