-- What the compiler refuses.
local function e(source) print(select(2, load(source, "=c"))) end
e("goto nowhere") e("do ::inner:: end goto inner") e("goto over; local x; ::over:: print(x)")
e("::a:: ::a::") e("::a:: do ::a:: end") e("function f() goto out end ::out::")
e("repeat goto c; local x; ::c:: until x") e("goto l1; do ::l1:: end")
print(load("goto ok; local x; ::ok::") ~= nil, load("goto ok; local x; ::ok:: ; ;") ~= nil, load("do ::a:: end ::a::") ~= nil, load("do goto a; local x ::a:: ::b:: end") ~= nil)
print(load("function f() ::a:: end function g() ::a:: goto a end") ~= nil)
