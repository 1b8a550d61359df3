-- An error in a call that spans lines is at the line where the call begins.
local function where(source) print((select(2, pcall(load(source, "=c"))))) end
where("local f\nf\n(\n1)") where("error\n(\n'm'\n)") where("local t = {}\nt\n.x\n(\n1\n)") where("local x = 1 +\n\n{}") where("local t\nlocal y = 1\n+ t.x") where("string.rep(\n\n)") where("local a = 'x' ..\n{} ..\n'y'") where("local s = {\n1,\nnil + 1,\n3}")
