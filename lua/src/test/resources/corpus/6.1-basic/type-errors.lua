print(type(nil), type(1), type(""), type({}), type(print), type(true), type(coroutine.create(print)), type(io.stdout)) print(pcall(type)) print(type(nil, 1), type(type))
