print(next({})) print(next({10})) print(next({10}, 1)) print(next({a = 1})) print(next({a = 1}, "a"))
print(pcall(next)) print(pcall(next, 1)) print((pcall(next, {}, "none"))) print(pcall(next, {1}, "none")) print(next({1}, nil)) print(rawequal(next({}), nil))
local t = {1, 2, 3, x = 1} local n = 0 local k, v = next(t) while k do n = n + 1 k, v = next(t, k) end print(n) print(next({1, 2}, 1))
