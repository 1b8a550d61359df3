-- Operations give new strings; equal contents are one key.
local a = "text"
local b = a
a = a .. "!"
print(a, b)
local t = {}
t["te" .. "xt"] = 1
t[("t"):upper():lower() .. "ext"] = 2
print(t.text, rawequal("te" .. "xt", "text"))
