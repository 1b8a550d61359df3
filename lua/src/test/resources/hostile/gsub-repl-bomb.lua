-- fails: resulting string too large
return (("x"):rep(20000)):gsub("x", ("%0"):rep(1000))
