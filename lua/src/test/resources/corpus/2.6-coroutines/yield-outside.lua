print(pcall(coroutine.yield, 1))
print(coroutine.isyieldable())
print(select(2, coroutine.running()))
print(coroutine.wrap(function() return coroutine.isyieldable(), select(2, coroutine.running()) end)())
