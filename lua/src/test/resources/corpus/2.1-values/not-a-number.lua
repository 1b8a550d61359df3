-- NaN is not equal to itself and orders with nothing.
local nan = 0 / 0
print(nan == nan, nan ~= nan, nan < nan, nan <= nan, nan > 1, nan < 1, 1 < nan)
print(rawequal(nan, nan), math.type(nan))
local t = {}
print(pcall(function() t[nan] = 1 end))
print(t[nan], next(t))
print(math.max(1, 2) == 2, math.huge - math.huge ~= math.huge - math.huge)
