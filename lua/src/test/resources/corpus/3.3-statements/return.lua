local function none() return end
local function three() return 1, nil, 3 end
print(select("#", none()), select("#", three()), (three()))
local function tail(...) return three(...) end
print(tail())
local function early(x) if x then return "early" end do return "late" end end
print(early(true), early(false))
local function semi() return 1; end
print(semi())
print(select("#", (function() end)()), select("#", (function() return nil end)()))
local function adjust() return (three()) end
print(select("#", adjust()))
print(load("return return"), load("do return 1 print(2) end"))
