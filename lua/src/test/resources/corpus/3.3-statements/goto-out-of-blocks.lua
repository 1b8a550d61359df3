-- Leaving blocks by goto closes their variables.
local function closer(name) return setmetatable({}, {__close = function() io.write("closed ", name, " ") end}) end
do
  local a <close> = closer("a")
  do local b <close> = closer("b") goto out end
end
::out:: print()
for i = 1, 3 do
  local c <close> = closer("c" .. i)
  if i == 2 then goto continue end
  io.write("body", i, " ")
  ::continue::
end
print()
do
  local n = 0
  ::top::
  do local d <close> = closer("d" .. n) n = n + 1 if n < 3 then goto top end end
end
print()
