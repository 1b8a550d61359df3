-- ends
for _, f in ipairs { "%99999d", "%999s", "%.9999f", "%0000000000000000000000000d", "%", "%y", "%-+ #0-+ #0-+ #0-+ #0d" } do
  assert(not pcall(string.format, f, 1), f)
end
