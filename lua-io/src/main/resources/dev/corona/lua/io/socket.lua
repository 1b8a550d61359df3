-- The part of the module socket that needs nothing but Lua. Its argument is the module's table.
local socket = ...

-- Marks what newtry's functions throw, so that protect tells it from other errors.
local Failure = {}

function socket.newtry(finalizer)
  return function(result, ...)
    if result then return result, ... end
    if finalizer then pcall(finalizer) end
    error(setmetatable({ (...) }, Failure), 0)
  end
end

socket.try = socket.newtry()

local function unprotected(done, ...)
  if done then return ... end
  local thrown = ...
  if getmetatable(thrown) == Failure then return nil, thrown[1] end
  error(thrown, 0)
end

function socket.protect(body)
  return function(...) return unprotected(pcall(body, ...)) end
end

function socket.skip(count, ...) return select(count + 1, ...) end

-- Sinks and sources for LTN12: functions that take or give one chunk a call.

local sinks, sources = {}, {}

sinks["keep-open"] = function(connection)
  return function(chunk)
    if chunk then return connection:send(chunk) end
    return 1
  end
end

sinks["close-when-done"] = function(connection)
  return function(chunk)
    if chunk then return connection:send(chunk) end
    connection:close()
    return 1
  end
end

sources["until-closed"] = function(connection)
  local ended = false
  return function()
    if ended then return nil end
    local chunk, problem, partial = connection:receive(socket.BLOCKSIZE)
    if chunk then return chunk end
    if problem ~= "closed" then return nil, problem end
    connection:close()
    ended = true
    if partial ~= "" then return partial end
  end
end

sources["by-length"] = function(connection, length)
  return function()
    if length <= 0 then return nil end
    local chunk, problem = connection:receive(math.min(socket.BLOCKSIZE, length))
    if not chunk then return nil, problem end
    length = length - #chunk
    return chunk
  end
end

local function chooser(makers)
  return function(mode, connection, ...)
    local maker = makers[mode]
    if not maker then error("unknown mode " .. tostring(mode), 2) end
    return maker(connection, ...)
  end
end

socket.sinkt, socket.sourcet = sinks, sources
socket.sink, socket.source = chooser(sinks), chooser(sources)
sinks.default, sources.default = sinks["keep-open"], sources["until-closed"]
