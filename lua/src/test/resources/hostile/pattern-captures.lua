-- pauses
return (("ab"):rep(2000)):find("(.-)(.-)(.-)(.-)(.-)(.-)c%1%2%3")
