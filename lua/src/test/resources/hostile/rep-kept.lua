-- stops: MEMORY
local t = {}
while true do
  local ok, s = pcall(string.rep, "x", 3000000)
  if ok then t[#t + 1] = s end
end
