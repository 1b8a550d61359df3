-- How chunks are named in messages.
local function e(name) print(select(2, load("x = = 1", name))) end
e("=name") e("@file.lua") e("code") e("first line\nsecond") e("") e("=") e("@") e("=" .. ("n"):rep(100)) e("@" .. ("d/"):rep(50) .. "f.lua") e(("s"):rep(100)) e("\n") e("a\0b") e("=a\0b")
print(select(2, load("x = = 1"))) print(select(2, load("\nx = = 1 -- a longer text that is not shown to its end in messages at all"))) print(select(2, load(function() return nil end)))
local parts = {"x = ", "= 1"} local i = 0 print(load(function() i = i + 1 return parts[i] end))
-- only what is read from a file may begin with a comment of that kind
print(load("#x\nreturn 1", "@file.lua"))
