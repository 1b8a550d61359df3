local function b(s) print(#s, (s:gsub("[\n\r]", {["\n"] = "\\n", ["\r"] = "\\r"}))) end
b[[one]]
b[==[a]]b]=]c]==]
b[[
first newline is dropped]]
b[[

second stays]]
b[[\n is no escape]]
b[=[]]]=]
b[[]]
b([[x]] .. [=[y]=])
b(load("return [[a\r\nb\rc\n\rd\n\ne]]")())
b(load("return [[\r\nx]]")())
b(load("return 'a\\\r\nb\\\rc'")())
