local log = {}
local function closer(n) return setmetatable({}, {__close = function() log[#log + 1] = n end}) end
for i = 1, 4 do
  local x <close> = closer(i)
  if i == 3 then break end
end
local i = 10
while i < 12 do local y <close> = closer(i) i = i + 1 end
repeat local z <close> = closer(i) i = i + 1 until i > 13
print(table.concat(log, " "))
