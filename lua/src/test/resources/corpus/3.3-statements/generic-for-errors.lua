local function e(source) print(select(2, pcall(load(source, "=c")))) end
e("for x in nil do end") e("for x in 5 do end") e("for x in {} do end") e("local t = {} for x in t do end")

e("for x in function() error('in iterator', 0) end do end")
