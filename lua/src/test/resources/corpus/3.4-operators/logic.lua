print(10 or 20, 10 or error(), nil or "a", nil and 10, false and error(), false and nil, false or nil, 10 and 20)
print(not nil, not 0, not "", not not nil, not false == true, not (1 == 2))
print(nil and nil or 5, 1 and nil or 5, false == nil, 1 and 2 and 3, nil or false, false or nil or 0)
local function f(...) return ... end
print((f(1, 2) or 3), f(nil, 1) or 3, 1 and f(4, 5))
local calls = "" local function c(v, n) calls = calls .. n return v end
local _ = c(true, "a") and c(false, "b") or c(nil, "c") and c(1, "d") print(calls)
