-- Every escape of short strings.
local function b(s) print(#s, s:byte(1, -1)) end
b"\a\b\f\n\r\t\v\\\"\'"
b"\x41\x7f\xFf\x00"
b"\65\065\10\0100\255\0"
b"a\
b"
b"a\z
     b\z c"
b"\u{41}\u{7FF}\u{FFFF}\u{10FFFF}\u{7FFFFFFF}\u{0}\u{00000041}"
b'"'
b"'"
print("\u{48}\x65\108\z
       lo")
