-- Without an environment, access to a global is an error that names it.
print(pcall(load("x = 1", "=c", "t", nil)))
print(pcall(load("return x", "=c", "t", 5)))
print(pcall(load("local _ENV = nil; return y", "=c")))
print(pcall(load("local _ENV <const> = 1; y = 2", "=c")))
