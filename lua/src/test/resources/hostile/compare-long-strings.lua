-- pauses
local a, b = ("x"):rep(2000000), ("x"):rep(1999999) .. "x"
while true do local x = a == b local y = a < b end
