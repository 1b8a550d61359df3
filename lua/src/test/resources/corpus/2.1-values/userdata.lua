-- The library's only full userdata are files.
print(type(io.stdout), io.type(io.stdout), io.type(42), tostring(io.stdout):match("^file %(0x") ~= nil)
local t = {[io.stdout] = "out", [io.stderr] = "err"}
print(t[io.stdout], t[io.stderr], io.stdout == io.stdout, io.stdout == io.stderr)
print(getmetatable(io.stdout).__name, getmetatable(io.stdout).__index == getmetatable(io.stderr).__index)
