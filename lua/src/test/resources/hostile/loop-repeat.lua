-- pauses
repeat local x until false
