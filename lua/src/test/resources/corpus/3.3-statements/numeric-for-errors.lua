-- Start, limit and step must be numbers; strings are none here.
local function e(source) print(select(2, pcall(load(source, "=c")))) end
e("for i = 'a', 2 do end") e("for i = 1, {} do end") e("for i = 1, 2, nil do end") e("for i = '1', 2 do end")
e("for i = 1, '2' do end") e("for i = 1, 2, '1' do end") e("for i = nil, 1 do end") e("for i = 1, 10, 0 do end")
e("for i = 1.5, {} do end") e("for i = 1, 2, print do end")
