-- pauses
while true do end
