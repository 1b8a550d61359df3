-- Elements of a constructor count for the length, those that are nil in front of them too.
local function f(...) return #{...} end
print(f(nil, 2), f(nil, nil, 3), f(1, nil), f(nil), f(), f(nil, 2, nil))
print(#{f, nil, f}, #{nil, nil, 3}, #{1, nil}, #{nil, 2, nil})
print(table.pack(nil, nil, 3).n, #table.pack(nil, nil, 3))
local function g() return nil, nil, "x" end
print(#{g()}, #{1, g()}, #{g(), 2}, #{(g())})
local t = {[5] = "e", g()}
print(#t, t[3], t[5])
