local function reader(parts) local i = 0 return function() i = i + 1 return parts[i] end end
print(load(reader{"return ", "1", " + 2"})()) print(type(load(reader{}))) print(load(reader{"return 5", "", "ignored"}, "=r")()) print(load(reader{"return ", 5}, "=c")()) print(pcall(load, reader{"x = ", {}}, "=c")) print(pcall(load, function() error("reader fails", 0) end)) print(load(reader{"return 'a", "b'"}, '=r')()) print(load(reader{"x x"}, "=r"))
print(pcall(load(reader{"error'here'"})))
