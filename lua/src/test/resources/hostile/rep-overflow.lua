-- fails: resulting string too large
return ("x"):rep(math.maxinteger)
