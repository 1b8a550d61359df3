-- pauses
for x = 1, math.huge, 0.0000001 do end
