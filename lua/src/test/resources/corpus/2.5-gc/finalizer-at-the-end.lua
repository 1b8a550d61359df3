-- What is alive at the end is finalized then, the last marked first.
keep = {}
for i = 1, 3 do
  keep[i] = setmetatable({}, {__gc = function() print("finalized", i) end})
end
print("end of chunk")
