for k, v in ("a=1, b=2, c=3"):gmatch("(%w+)=(%w+)") do io.write(k, v, ";") end for w in ("one two  three"):gmatch("%a+") do io.write(w, ";") end for p in ("abc"):gmatch("()") do io.write(p, ";") end print()
for w in ("abc"):gmatch("") do io.write("[", w, "]") end for w in ("aXbXc"):gmatch("[^X]*") do io.write("<", w, ">") end for w in ("hello"):gmatch("l*") do io.write("{", w, "}") end for w in ("x"):gmatch("^x") do io.write("anchor") end print()
for w in ("abcdef"):gmatch("%a%a", 3) do io.write(w, ";") end for w in ("abcdef"):gmatch("%a", -2) do io.write(w, ";") end for w in ("abc"):gmatch("%a", 10) do io.write(w) end print()
local f = ("a b"):gmatch("%a") print(f(), f(), f()) print(pcall(f)) print(pcall(string.gmatch)) print(pcall(string.gmatch, "x")) print(type(("x"):gmatch("(")))
