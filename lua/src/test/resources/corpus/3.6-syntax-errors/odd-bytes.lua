local function e(source) print(select(2, load(source, "=c"))) end
e("\0") e("x = \0") e("x \1") e("\127") e("\128") e("x = \xff") e("\xe4 = 1") e("x = 1 \0 y = 2") e("'a\0b' = 1") e("\x1bLua") e("#") e("# comment") e("\xEF\xBB\xBFx = = 1") e("x = '\xff' 1") e("x\27 = 1")
