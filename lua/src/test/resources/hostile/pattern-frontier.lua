-- ends
local n = select(2, (("ab "):rep(100000)):gsub("%f[%a]%a+%f[%A]", "x"))
assert(n == 100000)
