-- ends
assert(not pcall(string.pack, ("s8"):rep(1000000), "x"))
assert(not pcall(string.pack, "c2147483647", "x"))
assert(not pcall(string.pack, "!16" .. ("i16"):rep(100000), 1))
assert(not pcall(string.packsize, ("c1000000"):rep(100000)))
assert(not pcall(string.unpack, "s8", "\255\255\255\255\255\255\255\127"))
assert(not pcall(string.unpack, "i17", ""))
