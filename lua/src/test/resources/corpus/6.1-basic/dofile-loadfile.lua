local n = os.tmpname() local function put(s) local f = io.open(n, "w") f:write(s) f:close() end
put("return 1, ...") print(dofile(n)) print(loadfile(n)(7)) put("x = = 1") print((select(2, loadfile(n)):gsub("^.-:", ":"))) print((pcall(dofile, n))) print(loadfile("/nonexistent/file.lua")) print((pcall(dofile, "/nonexistent/file.lua")))
put("return y") print(loadfile(n, "t", {y = "from env"})()) put("\27Lua") print((select(2, loadfile(n, "t")):gsub("^.-:", ":"))) put("error('inside')") print((select(2, pcall(dofile, n)):gsub("^.-:", ":"))) put("") print(select("#", dofile(n))) os.remove(n)
