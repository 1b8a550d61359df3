-- one line
--[[ long
comment ]] print("after a long comment")
--[==[ ]] ]=] still
]==] print("levels")
--[ not long
print("next") -- at the end
--
---- more
--[[]] print("empty")
print(1--[[inside]]+2)
print(load("return 1 -- no newline at the end")())
print(load("--[[ unfinished"))
