-- ends
assert(not load("local a = 1 " .. ("local a "):rep(300)))
assert(not load("goto x " .. ("do end "):rep(10)))
assert(load(("x = 1 "):rep(20000)))
assert(load("return " .. ("1, "):rep(200) .. "1"))
