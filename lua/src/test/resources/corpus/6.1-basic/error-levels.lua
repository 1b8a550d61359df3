local function e(...) print(pcall(error, ...)) end e("m") e("m", 0) e("m", 1) e("m", 2) e(nil) e({} and 5) e("m", "x") e("m", 1.5) e("m", nil) e(true, 2)
print(pcall(function() error("m", 1) end)) print(pcall(function() error("m", 0) end)) print(pcall(function() error() end)) print(select("#", pcall(error)))
