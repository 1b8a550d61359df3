-- pauses
local s = ("x"):rep(3000000)
local code = { "local s = ... local t " }
for i = 1, 3000 do code[#code + 1] = "t = s .. 'x' " end
load(table.concat(code))(s)
