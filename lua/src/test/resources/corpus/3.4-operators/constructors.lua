local t = {1, 2, x = "x", [10] = 10, "third"; 4, ["y z"] = 5, [1 + 1.5] = "f"}
print(t[1], t[2], t[3], t[4], t.x, t[10], t["y z"], t[2.5], #t)
local function f() return 7, 8, 9 end
print(#{f()}, #{f(), f()}, #{f(), nil}, #{(f())}, #{x = f()}, #{f(), x = 1})
print(#{...}, select("#", table.unpack({f(), f()})))
local u = {[1] = "a", "b"} print(u[1])
print(#{1, 2, 3,}, #{1; 2;}, next({}))
print(pcall(function() return {[nil] = 1} end)) print(pcall(function() return {[0/0] = 1} end))
local nested = {{1, {2}}, a = {b = {c = 3}}} print(nested[1][2][1], nested.a.b.c)
local big = {} for i = 1, 300 do big[i] = tostring(i) end
local l = load("return {" .. table.concat(big, ",") .. ", ...}")("x", "y") print(#l, l[300], l[302])
