-- ends
local f, m = load(function() return "x = 1 " end)
assert(f == nil and m:find("memory") or m:find("too large"), m)
