-- ends
local function deep(open, middle, close, n)
  return load("return " .. open:rep(n) .. middle .. close:rep(n))
end
for _, n in ipairs { 1000, 10000, 100000 } do
  for _, f in ipairs { { "(", "1", ")" }, { "{", "", "}" }, { "-", "1", "" }, { "not ", "1", "" }, { "function() return ", "1", " end" },
    { "a.b(", "1", ")" }, { "a[", "1", "]" }, { "1^", "1", "" }, { "'x'..", "'y'", "" } } do
    local code, message = deep(f[1], f[2], f[3], n)
    assert(code or type(message) == "string", f[1])
  end
end
