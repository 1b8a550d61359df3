-- A web server of few lines: it reads the head of each request and answers, as often as the client asks on one connection.
-- Run: ./corona examples/lua/hello-http.lua   and then: curl localhost:8000/you

local corona = require "corona"

local function answer(connection, status, body)
  return connection:write(
    "HTTP/1.1 ", status, "\r\n",
    "Content-Type: text/plain; charset=utf-8\r\n",
    "Content-Length: ", #body, "\r\n\r\n", body)
end

-- The lines of a request's head, without their ends; nil at the end of the connection.
local function head(connection)
  local lines = {}
  for line in connection:lines() do
    line = line:gsub("\r$", "")
    if line == "" then return lines end
    lines[#lines + 1] = line
  end
end

local function serve(connection)
  connection:settimeout(30)
  for lines in function() return head(connection) end do
    local method, path = (lines[1] or ""):match "^(%u+) /(%S*) HTTP/1%.[01]$"
    if method == "GET" then
      answer(connection, "200 OK", ("Hello, %s!\n"):format(path == "" and "world" or path))
    else
      answer(connection, "400 Bad Request", "This server knows GET alone.\n")
      return
    end
  end
end

local options = { host = "127.0.0.1", port = tonumber(os.getenv "PORT") or 8000 }
local server = assert(corona.net.listen(options, serve))
print("Listening on http://127.0.0.1:" .. server:port())
io.stdout:flush()
