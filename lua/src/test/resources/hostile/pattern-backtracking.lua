-- pauses
local s = ("a"):rep(400)
return s:find(("a-"):rep(30) .. "b")
