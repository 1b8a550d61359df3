-- pauses
while true do load("return function() return {1, 2, 3} end")() end
