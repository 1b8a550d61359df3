local function e(source) print(select(2, load(source, "=c"))) end
e("x =") e("x = +") e("x = 1 +") e("x = (1") e("x = (1 2)") e("x = {1, 2") e("x = {1 2}") e("x = {[1} = 2}") e("x = {[1] 2}")
e("x = {a = }") e("x = a.") e("x = a.1") e("x = a[") e("x = a[1") e("x = a:") e("x = a:b") e("x = a:b.c()") e("x = not") e("x = #") e("x = ~")
e("x = 1 = 2") e("x = 1 == ") e("x = a b") e("x = 'a' 'b'") e("x = ...") e("x = )") e("x = ]") e("x = }") e("x = ,") e("x = ;")
e("x = 1 ? 2") e("x = a ! b") e("x = a != b") e("x = a && b") e("x = a || b") e("x = a ++ b") e("x = $") e("x = `") e("x = \\") e("x = @a")
