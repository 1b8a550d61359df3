-- Measures a program in the process that runs this: processor time of a run, in nanoseconds, after a warm-up.
-- Arguments: the program's file; its size; seconds to warm up; rounds; seconds of a round at least.
local file, size, warm, rounds, least = arg[1], tonumber(arg[2]), tonumber(arg[3]), tonumber(arg[4]), tonumber(arg[5])
local run = dofile(file)
local clock = os.clock

local function measure(seconds)
  local start, runs, result = clock(), 0, nil
  repeat
    result = run(size)
    runs = runs + 1
  until clock() - start >= seconds
  return (clock() - start) / runs * 1e9, result
end

local _, result = measure(warm)
local times = {}
for i = 1, rounds do times[i] = measure(least) end
table.sort(times)
print(string.format("result=%d", result))
print(string.format("ns=%.0f", times[math.floor((rounds + 1) / 2)]))
