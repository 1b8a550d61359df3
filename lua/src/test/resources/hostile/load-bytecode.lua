-- ends
local f, m = load("\27Lua\x54\0\x19\x93\r\n\x1a\n\4\8\8xV\0\0\0\0\0\0\0\0\0\0\0(w@\1")
assert(f == nil and m:find("binary"), m)
f, m = load("\27Lua", "=x", "t")
assert(f == nil and m == "attempt to load a binary chunk (mode is 't')", m)
assert(not pcall(string.dump, print))
