-- pauses
local s = ("a"):rep(60)
return s:match(("a?"):rep(60) .. ("a"):rep(60) .. "b")
