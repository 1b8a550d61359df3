-- Makes wrk post body.json, which lies beside this file.
local folder = debug.getinfo(1, 'S').source:match('^@(.*/)')
local file = assert(io.open(folder .. 'body.json', 'rb'))
wrk.method = 'POST'
wrk.headers['Content-Type'] = 'application/json'
wrk.body = file:read('*a')
file:close()
