-- stops: MEMORY
local function reader() return load(reader) and "" end
print(pcall(load, reader))
