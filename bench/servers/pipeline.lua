-- wrk sends this instead of a plain GET: 16 of them at once
local depth = 16
local requests

function init()
  requests = string.rep(wrk.format(), depth)
end

function request()
  return requests
end
