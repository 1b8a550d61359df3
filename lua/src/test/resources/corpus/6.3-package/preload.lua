local calls = 0 package.preload["my.module"] = function(...) calls = calls + 1 print(...) return {name = "mine"} end
local m = require "my.module" print(m.name, require("my.module") == m, calls, package.loaded["my.module"] == m) print(select(2, require("my.module"))) package.loaded["my.module"] = nil print(require("my.module") == m, calls)
package.preload.none = function() end print(require("none")) package.preload.falsy = function() return false end print(require("falsy"), package.loaded.falsy) package.preload.fails = function() error("in loader", 0) end print(pcall(require, "fails")) print(package.loaded.fails)
package.preload.sets = function(n) package.loaded[n] = "set by itself" end print(require("sets")) print(pcall(require)) print(pcall(require, {}))
