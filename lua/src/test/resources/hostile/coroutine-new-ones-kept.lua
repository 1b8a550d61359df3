-- fails: not enough memory
local all = {}
while true do
  local text = ("x"):rep(100000)
  all[#all + 1] = coroutine.create(function() return text end)
end
