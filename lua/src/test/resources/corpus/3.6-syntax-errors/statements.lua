local function e(source) print(select(2, load(source, "=c"))) end
e("x") e("x.y") e("x[1]") e("(x)") e("1") e("'s'") e("x, y") e("x, y =") e("f() = 1") e("(x) = 1") e("x.f() = 1") e("x, f() = 1") e("x = 1,") e("x += 1") e("x++") e("= 1")
e("local") e("local 1") e("local x =") e("local x,") e("local x y") e("local function") e("local function 1() end") e("local function f") e("local function f(") e("local function f(a") e("local function f(a,") e("local function f(1) end") e("local x <") e("local x <const") e("local x <1> = 1") e("local a.b = 1")
e("function") e("function f") e("function f(") e("function f()") e("function f(...) ") e("function f.1() end") e("function f:g:h() end") e("function f:g.h() end") e("function (a) end")
