local co = coroutine.wrap(function()
  for a, b in function(s, c) if c < 3 then return c + 1, coroutine.yield("step " .. c) end end, nil, 0 do
    io.write(a, ":", b, " ")
  end
  return "end"
end)
print(co())
for i = 1, 3 do print(co("v" .. i)) end
