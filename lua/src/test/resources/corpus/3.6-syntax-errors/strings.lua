local function e(source) print(select(2, load(source, "=c"))) end
e("x = 'abc") e("x = \"abc") e("x = 'abc\n'") e("x = 'a\\qb'") e("x = '\\400'") e("x = '\\1000'") e("x = '\\xZ1'") e("x = '\\x1'") e("x = '\\u1'") e("x = '\\u{'") e("x = '\\u{}'") e("x = '\\u{110000000}'") e("x = '\\u{1'") e("x = '\\")
e("x = 'ab\\65\\qcd'") e("x = 'ab\\tcd\\xg'") e("x = 'a\\z   \\q'") e("x = 'done' 'a\\65\\n'") e("x = 1 'a\\\\b'") e("x = 1 [[a]]") e("x = 1 [==[\na]]b]==]") e("x = 1 'a\\0b'")
e("x = [[abc") e("x = [==[abc]]") e("x = [=abc") e("x = [=") e("--[[ abc") e("--[==[ ]]") e("x = [==") e("x = '" .. ("y"):rep(100) .. "\n")
