-- An echo server. Each connection is a task that reads lines and writes them back; a slow client holds up nobody.
-- Run: ./corona examples/lua/echo-server.lua   and then: nc localhost 7000

local corona = require "corona"

local options = { host = "127.0.0.1", port = tonumber(os.getenv "PORT") or 7000 }

local server = assert(corona.net.listen(options, function(connection)
  for line in connection:lines() do
    if not connection:write(line, "\n") then break end
  end
end))

print("Listening on 127.0.0.1 port " .. server:port())
io.stdout:flush()
