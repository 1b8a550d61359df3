-- pauses
return (("x"):rep(200000)):gsub(".-y", "")
