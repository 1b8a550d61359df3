for _, f in ipairs{"%f", "%.0f", "%.2f", "%10.3f|", "%-10.1f|", "%+f", "%e", "%.1e", "%E", "%g", "%G", "%.3g", "%#g", "%a", "%.2a", "%A", "%.14g", "%.17g", "%010.2f", "% .3f", "%#.0f", "%.20f"} do print(f, string.format(f, 3.14159265), string.format(f, -0.0), string.format(f, 1e15), string.format(f, 1e-10)) end print(string.format("%f %g %e %a %.3f", 1/0, -1/0, 1/0, 1/0, -1/0)) print(string.format("%5.1f|%g|%g|%g", 2, 100000, 1e6, 1e-5)) print(string.format("%.99f", 0.1):sub(1, 60)) print(pcall(string.format, "%.100f", 1)) print(pcall(string.format, "%f", "x")) print(string.format("%g", "1e2"), string.format("%.3f", 2^53))

-- a carry that makes one more digit before the point
for _, x in ipairs { 0.9996, -0x1.ffc2c5ee80009p-1, 9.9996, 99.99951, 0.99951, 9.5, 0.96 } do
  print(("%.3f %+ 28.3f %.0f %.1f"):format(x, x, x, x))
end
