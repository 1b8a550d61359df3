local function reader(parts) local i = 0 return function() i = i + 1 return parts[i] end end
print(load(reader{"return ", "1", " + 2"})()) print(load(reader{})) print(load(reader{"return 5", "", "ignored"})()) print(load(reader{"return ", 5}, "=c")) print((load(reader{"x = ", {}}, "=c"))) print(load(function() error("reader fails", 0) end)) print(load(reader{"return 'a", "b'"})()) print(load(reader{"x x"}, "=r"))
print(pcall(load(reader{"error'here'"})))
