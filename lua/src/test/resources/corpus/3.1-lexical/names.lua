-- Names: letters, digits, underscores; case matters; keywords are reserved.
local _, a1, A1, __x, aB = 1, 2, 3, 4, 5
print(_, a1, A1, __x, aB)
local And, END, Nil, self = 1, 2, 3, 4
print(And, END, Nil, self)
for _, k in ipairs{"and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while"} do
  io.write(tostring(load("local " .. k .. " = 1") == nil), " ")
end
print()
local t = {}
t["and"] = 1
print(t["and"], load("return ({}).and"))
