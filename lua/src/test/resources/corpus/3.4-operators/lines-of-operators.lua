-- Comparisons fail at the line where they end, fields at the last token before their value is needed, other operators at their own.
local function where(source) print((select(2, pcall(load("local t\n" .. source, "=c"))))) end
where("return 1 <\n\n{}\n") where("return true > ([==[\n]==]) and 1") where("return nil\n<=\nnil\n,\n3") where("if nil\n<\nnil\nthen end")
where("while nil\n<\n1\ndo end") where("return not (1\n<\nnil\n)") where("return 1\n+\nt\n") where("return {}\n..\nt\n..\n1")
where("return t\n.\nx\n.\ny\n") where("return t\n[\n1\n]\n") where("local a = t\n.\nx\nreturn a") where("t\n.\nx\n=\n1\n") where("t\n[\n1\n]\n=\n1\n")
where("return t.x\n+\n1") where("return t\n.\nx\n+\n1") where("return t\n.\nx(\n1)") where("return (t.x\n)\n") where("print(t.x\n,\n1)")
where("return t.x\nand\n1") where("return { t\n.x\n;\n1 }") where("return -t\n.\nx\n") where("return { [1] = t\n.\nx\n,\n1 }") where("return 1 +\nt\n.\nx <\n1")
where("return t[ [==[\n]==] ]\n") where("return t.x\n,\n1") where("local a, b = t.x\n,\n1") where("return undefined\n.\nx\n.\ny\n")
