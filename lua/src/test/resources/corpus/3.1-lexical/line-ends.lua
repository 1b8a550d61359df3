-- CR, LF, CRLF and LFCR are one line end each.
local function line(source) return select(2, load(source .. "x = = 1", "=c")) end
print(line("\n"), line("\r"), line("\r\n"), line("\n\r"), line("\n\n"), line("\r\r"), line("\r\n\r\n"), line("\n\r\n\r"))
print(line("--c\r\n"), line("--[[\n\n]]"), line("'a\\\nb'\n"), line("\f\v\t "))
