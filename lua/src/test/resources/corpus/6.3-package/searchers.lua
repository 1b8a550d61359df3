package.searchers = {function(n) return nil end, function(n) return "\n\tmy message" end, function(n) if n == "found" then return function(...) print(...) return "value" end, "extra" end end}
print(require("found")) print(select(2, pcall(require, "missing"))) print(pcall(require, "found"))
