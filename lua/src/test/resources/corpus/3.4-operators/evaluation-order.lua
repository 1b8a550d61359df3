-- Calls are made from left to right.
local log = {} local function v(x, n) log[#log + 1] = n or x return x end
local _ = v(1) + v(2) * v(3) - v(4) print(table.concat(log, " ")) log = {}
_ = {v(1), x = v(2), [v(3)] = v(4), v(5)} print(table.concat(log, " ")) log = {}
_ = v("a") .. v("b") .. v("c") print(table.concat(log, " ")) log = {}
_ = v(1) < v(2), v(4) > v(3), v(1) == v(1) print(table.concat(log, " ")) log = {}
print(v(1), v(2), v(3), table.concat(log, " ")) log = {}
_ = (v(function(...) return ... end, "f"))(v(1), v(2)) print(table.concat(log, " "))
