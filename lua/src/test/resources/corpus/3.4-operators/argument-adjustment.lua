local function two(a, b) return a, b end
print(two(1), two(1, 2, 3)) print(two()) print((two(1, 2)))
local function three() return 1, 2, 3 end
print(two(three())) print(two(0, three())) print(two(three(), 0)) print(#{three(), three()})
local a, b, c, d = three(), three() print(a, b, c, d)
print(two((three()))) print(#{three(), (three())})
