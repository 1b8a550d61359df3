local t = {} print(setmetatable(t, nil) == t, getmetatable(t), setmetatable(t, {}) == t, type(getmetatable(t)))
print(pcall(setmetatable, {})) print(pcall(setmetatable, {}, 1)) print(pcall(setmetatable, 1, {})) print(pcall(getmetatable)) print(getmetatable(1), getmetatable(nil), getmetatable(print), type(getmetatable("")))
print(getmetatable(setmetatable({}, {__metatable = 5}))) print(pcall(setmetatable, setmetatable({}, {__metatable = 5}), {}))
