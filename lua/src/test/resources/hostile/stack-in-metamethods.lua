-- ends
local events = { "__add", "__concat", "__eq", "__lt", "__len", "__call", "__index", "__newindex", "__tostring", "__close" }
for _, event in ipairs(events) do
  local meta = {}
  local a, b = setmetatable({}, meta), setmetatable({}, meta)
  local ops = {
    __add = function() return a + b end, __concat = function() return a .. b end, __eq = function() return a == b end,
    __lt = function() return a < b end, __len = function() return #a end, __call = function() return a() + 1 end,
    __index = function() return a.x end, __newindex = function() a.x = 1 end, __tostring = function() return tostring(a) end,
    __close = function() local x <close> = a end,
  }
  meta[event] = function() return ops[event]() end
  local ok, m = pcall(ops[event])
  assert(not ok and (tostring(m):find("overflow") or m == "not enough memory"), event .. " " .. tostring(m))
end
