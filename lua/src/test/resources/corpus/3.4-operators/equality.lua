print(1 == 1, 1 == 1.0, "1" == 1, "a" == "a", nil == false, nil == nil, {} == {}, print == print, 0 == -0.0)
print(1 ~= 1, 1 ~= 2, "a" ~= "b", nil ~= nil, true ~= 1)
local t = {} print(t == t, t ~= {}, 2^53 == 2^53 + 1, math.maxinteger == math.maxinteger + 0.0, 9007199254740993 == 2^53)
print("\0a" == "\0b", "" == "", ("x"):rep(100) == ("x"):rep(100), "a" .. "b" == "ab")
