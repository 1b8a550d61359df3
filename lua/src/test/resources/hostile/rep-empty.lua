-- ends
assert(("").rep("", 1 << 60) == "")
assert(("").rep("", 1 << 60, "") == "")
