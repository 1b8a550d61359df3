local function grade(n)
  if n < 0 then return "negative" elseif n == 0 then return "zero" elseif n < 10 then return "small" else return "large" end
end
print(grade(-1), grade(0), grade(5), grade(10), grade(-0.0), grade(math.huge))
if nil then elseif 0 then print("0 is true") end
if false then print("no") else if true then print("nested") end end
local x = 5
if x then local x = 6 print(x) end
print(x)
