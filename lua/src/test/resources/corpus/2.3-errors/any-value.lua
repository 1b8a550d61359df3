-- An error object may be any value; only strings get a place.
for _, v in ipairs{"text", 42, 1.5, true} do print(pcall(error, v)) end
local t = {code = 7}
local ok, e = pcall(error, t)
print(ok, e == t, e.code)
print(pcall(error))
print(pcall(error, nil))
print(pcall(function() error("here") end))
print(pcall(function() error({}) end) == false)
