print(#"", #"abc", #"\0\0", #"\u{20AC}", #{}, #{1, 2, 3}, #{n = 1}, #{1, 2, nil}, #{nil})
local t = {} for i = 1, 10 do t[i] = i end t[#t + 1] = 11 t[#t] = nil print(#t)
print(pcall(function() return #5 end)) print(pcall(function() return #nil end)) print(pcall(function() local x = true return #x end)) print(pcall(function() return #print end))
print(-#"abc", #"a" + #"bc", not #"", #"x" .. "y", 2 ^ #"ab")
