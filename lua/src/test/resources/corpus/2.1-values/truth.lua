-- Only nil and false are false.
for _, v in ipairs{0, 0.0, "", "false", {}, print} do
  io.write(v and "true " or "false ")
end
print(nil and 1, false and 1, nil or 2, false or 3)
if not nil and not false and not not 0 then print("holds") end
while nil do print("never") end
repeat print("once") until ""
