-- A free name is a field of _ENV.
x = 1
print(x, _ENV.x, _G.x, _ENV == _G, rawget(_G, "x"))
_G.y = 2
print(y)
_ENV["with space"] = 3
print(_G["with space"])
x = nil
print(x, rawget(_G, "x"))
