print(assert(1, "unused", 3)) print(assert("x")) print(select("#", assert(true, nil, nil)))
print(pcall(assert, false)) print(pcall(assert, nil, "m")) print(pcall(assert, false, nil)) print(pcall(assert)) print(pcall(assert, nil, {}) == false) print(pcall(assert, false, 1, 2))
