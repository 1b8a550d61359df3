-- ends
for _, f in ipairs { { "do ", "end " }, { "while x do ", "end " }, { "if x then ", "end " }, { "for i = 1, 2 do ", "end " },
  { "repeat ", "until x " }, { "local function f() ", "end " }, { "if x then else", "end " } } do
  for _, n in ipairs { 150, 1000, 20000 } do
    local code, message = load(f[1]:rep(n) .. f[2]:rep(n))
    assert(code or type(message) == "string", f[1])
  end
end
