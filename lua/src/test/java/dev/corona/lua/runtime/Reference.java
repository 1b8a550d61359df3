package dev.corona.lua.runtime;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** One process of {@code lua5.4} that evaluates expressions, a line each. */
final class Reference implements AutoCloseable {
    private static final String LOOP =
            "for l in io.lines() do local f = assert(load('return ' .. l)) "
                    + "local r = table.pack(pcall(f)) for i = 1, r.n do r[i] = tostring(r[i]) end "
                    + "print((table.concat(r, '|', 2, r.n):gsub('\\n', '\\\\n'))) io.flush() end";

    private final Process process;
    private final OutputStream in;
    private final BufferedReader out;

    Reference() throws IOException {
        process = new ProcessBuilder("lua5.4", "-e", LOOP).redirectErrorStream(true).start();
        in = process.getOutputStream();
        out =
                new BufferedReader(
                        new InputStreamReader(
                                process.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    /** All results of the expressions, or the error, with bars between. */
    String evaluate(String expressions) throws IOException {
        in.write((expressions + "\n").getBytes(StandardCharsets.ISO_8859_1));
        in.flush();
        return out.readLine();
    }

    @Override
    public void close() throws IOException {
        in.close();
        process.destroy();
    }
}
