local function e(source) print(select(2, load(source, "=c"))) end
e("local x <const> = 1; x = 2") e("local x <const> = 1; local function f() x = 2 end") e("local x <const>, y = 1; x, y = 1, 2")
e("local f <const> = 1; function f() end") e("local x <close> = nil; x = 1") e("local x <cons> = 1") e("local x <const = 1")
e("for i = 1, 2 do local c <const> = i; c = 3 end")
local limit <const>, name <const>, none <const>, yes <const> = 10, "n", nil, true
local function use() return limit * 2, name .. "!", none, not yes end
print(use())
local a <const> = 5
local b <const> = a + 1
print(a, b, -a, a == 5)
