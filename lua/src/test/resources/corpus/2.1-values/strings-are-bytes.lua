-- Any byte may be in a string, also zeros and what is no UTF-8.
local s = "a\0b\xff\xfe\u{20AC}"
print(#s, s:byte(1, -1))
print("a\0b" == "a\0c", "a\0b" < "a\0c", #"\0\0\0")
local all = {}
for i = 0, 255 do all[#all + 1] = string.char(i) end
local joined = table.concat(all)
print(#joined, joined:byte(1), joined:byte(128), joined:byte(256))
local t = {["\0"] = 1, ["\0\0"] = 2, [""] = 3}
print(t["\0"], t["\0\0"], t[""])
