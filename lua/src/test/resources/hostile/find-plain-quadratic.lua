-- pauses
local hay = ("a"):rep(4000000)
return hay:find(("a"):rep(2000000) .. "b", 1, true)
