local function count(...) return select("#", ...) end
local function pass(...) return count(...), count((...)), count(..., 1), count(1, ...), count{...} end
print(pass()) print(pass(nil)) print(pass(1, nil, 3))
local function first(...) local a, b = ... return a, b end print(first(1)) print(first(1, 2, 3))
local function t(...) return {..., "end"}, {"start", ...}, #{...} end
local x, y, n = t("a", "b") print(#x, #y, n, x[1], x[2], y[2], y[3])
local function inner(...) local f = function(...) return ... end return f(...), f() end print(inner(1, 2))
print((function(...) return ... end)(1, nil, nil))
local function sum(...) local s = 0 for _, v in ipairs{...} do s = s + v end return s end print(sum(1, 2, 3), sum())
print(load("function f() return ... end", "=c")) print(load("return ...")(7, 8))
local function assign(...) local t = {} t[1], t[2], t[3] = ... return t[1], t[2], t[3] end print(assign(1, 2))
