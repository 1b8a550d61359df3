local function e(source) print(select(2, load(source, "=c"))) end
for _, n in ipairs{"3x", "0x", "0xg", "1e", "1e+", "1.2.3", "1..2", "0x1p", "0x1p+", "0x.p1", "3.e", ".5.", "08x", "1_000", "0b1", "1ee5", "0x1.8.1", "12abc", "1e5x", "0x1g", "3..", "0x.", "1e1.5", "5u", "1L"} do e("x = " .. n) end
