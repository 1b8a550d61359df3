local co = coroutine.wrap(function(...)
  local n = select("#", ...)
  for i = 1, n do coroutine.yield((select(i, ...))) end
  return ...
end)
print(co("a", nil, "c"))
print(co(), co(), co())
