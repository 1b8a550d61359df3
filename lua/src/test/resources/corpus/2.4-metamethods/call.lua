-- __call makes values callable; it gets the value first. Handlers may be callable values themselves.
local t = setmetatable({}, {__call = function(self, ...) return select("#", ...), ... end})
print(t(), t(1, nil), (t("a")))
print(select(2, pcall(t, 5)))
print(select("#", t(nil, nil)))
local twice = setmetatable({}, {__call = t})
print((twice(1)))
local function apply(f, ...) return f(...) end
print(apply(t, "x"))
print(pcall(setmetatable({}, {__call = 1})))
print(table.unpack({t(7, 8)}))
local object = setmetatable({}, {__call = function(self, n) return n == 0 and "end" or self(n - 1) end})
print(object(100))
