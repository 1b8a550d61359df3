-- Warnings go nowhere until they are switched on; they are no errors.
print(pcall(warn))
print(pcall(warn, {}))
print(pcall(warn, "a", nil))
print(select("#", warn("@off")))
warn("not", "shown")
print("after")
