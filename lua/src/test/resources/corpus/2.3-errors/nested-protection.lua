-- The innermost protected call catches; the outer one goes on.
print(pcall(function()
  local ok, e = pcall(error, "inner", 0)
  print("caught", ok, e)
  error("outer " .. e, 0)
end))
print(pcall(pcall, error, "x"))
print(pcall(pcall))
print(select("#", pcall(function() return nil, nil end)))
