-- A whole process: one run. Arguments: the program's file; its size.
print(string.format("result=%d", dofile(arg[1])(tonumber(arg[2]))))
