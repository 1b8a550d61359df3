-- Any value but nil and NaN is a key; floats with integer values are those integers.
local t = {}
local f, k = print, {}
t[1.0] = "one" t[2] = "two" t[2^53] = "big" t[-1] = "minus" t[0] = "zero" t[1.5] = "half"
t[true] = "true" t[false] = "false" t[f] = "function" t[k] = "table" t["1"] = "string"
print(t[1], t[2.0], t[2^53 | 0], t[-1.0], t[-0.0], t[1.5], t[true], t[false], t[f], t[k], t["1"])
for key in pairs({[3.0] = true}) do print(key, math.type(key)) end
print(t[{}], t[nil], t["x"])
print(pcall(function() t[nil] = 1 end))
print(pcall(rawset, t, nil, 1))
