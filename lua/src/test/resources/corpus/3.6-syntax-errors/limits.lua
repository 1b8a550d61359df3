-- Too many locals, upvalues, levels.
local function e(source) print((select(2, load(source, "=c"))):sub(1, 200)) end
local names = {} for i = 1, 201 do names[i] = "a" .. i end
e("local " .. table.concat(names, ",")) e("local function f(" .. table.concat(names, ",") .. ") end")
local l = {} for i = 1, 201 do l[i] = "local a" .. i end e(table.concat(l, "\n"))
print(load("x = " .. ("("):rep(100) .. "1" .. (")"):rep(100)) ~= nil, load("x = " .. ("-"):rep(1) .. (" -"):rep(100) .. "1") ~= nil, load(("do "):rep(100) .. ("end "):rep(100)) ~= nil, load("x = " .. ("{"):rep(100) .. ("}"):rep(100)) ~= nil, load("x = " .. ("a.."):rep(100) .. "b") ~= nil)
