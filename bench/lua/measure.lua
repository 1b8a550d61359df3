-- Measures a program in the process that runs this, for as many seconds at least as each line of standard input says; answers by a
-- line with the processor time of a run, in nanoseconds, and the result. Arguments: the program's file; its size.
local run, size = dofile(arg[1]), tonumber(arg[2])
local clock = os.clock

for line in io.lines() do
  local seconds, start, runs, result = tonumber(line), clock(), 0, nil
  repeat
    result = run(size)
    runs = runs + 1
  until clock() - start >= seconds
  print(string.format("%.0f %d", (clock() - start) / runs * 1e9, result))
  io.flush()
end
