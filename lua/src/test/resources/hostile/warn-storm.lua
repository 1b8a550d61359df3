-- pauses
while true do warn("@on") warn(("x"):rep(1000)) end
