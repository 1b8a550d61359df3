-- The line is that of the token, and of what is not closed where that is another.
local function e(source) print(select(2, load(source, "=c"))) end
e("\n\nx = = 1") e("x = 1\ny = 2 3") e("do\n\n") e("if x then\ny = 1\n") e("function f()\n\n\n") e("while x do\n\nfoo()") e("repeat\nx = 1\n") e("for i = 1, 2 do\n") e("f(\n1,\n2") e("x = {\n1,\n2") e("x = (\n1\n") e("x = a[\n1\n")
e("if x then\n\n\nend end") e("--[[\n\n]] x = = 1") e("x = [[\n\n]] = 1") e("x = 'a\\\nb' = 1") e("\r\n\r\nx = = 1") e("local x <const> = 1\n\nx\n=\n2") e("goto a\n\n\n") e("do goto a end\n::b::") e("break\n\n") e("::a::\n\n::a::")
e("f\n(1") e("x =\n\n\n+") e("return\n\n\n=")
