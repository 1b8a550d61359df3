local co = coroutine.create(function()
  local r = table.pack(pcall(function()
    local x = coroutine.yield("in pcall")
    if x == "fail" then error("as told", 0) end
    return "fine", x
  end))
  coroutine.yield(table.unpack(r, 1, r.n))
  return select(2, xpcall(function() coroutine.yield("in xpcall") error("e", 0) end, function(m) return m .. "!" end))
end)
print(coroutine.resume(co))
print(coroutine.resume(co, "fail"))
print(coroutine.resume(co))
print(coroutine.resume(co))
print(coroutine.status(co))
