-- ends
for _, p in ipairs { "%", "[", "[a", "(", "%b", "%bx", "%f", "(()", "%1", "[%", "[^", "((((", "[]", "[^]" } do
  assert(not pcall(string.find, "x", p), p)
end
