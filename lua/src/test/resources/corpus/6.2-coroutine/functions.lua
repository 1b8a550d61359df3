for _, n in ipairs{"close", "create", "isyieldable", "resume", "running", "status", "wrap", "yield"} do io.write(n, " ", type(coroutine[n]), " ") end print()
for _, n in ipairs{"close", "create", "resume", "status", "wrap"} do print(n, pcall(coroutine[n])) print(n, pcall(coroutine[n], 42)) end print(pcall(coroutine.isyieldable, 1)) print(type(coroutine.running()))
