package dev.corona.lua.random;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** One process of {@code lua5.4} that runs many programs, by the functions of the prelude. */
final class ReferencePrograms implements AutoCloseable {
    /** Reads lengths and programs; what a program printed ends with a byte that no program prints. */
    private static final String LOOP =
"""
debug.sethook(function() error("the program is too long") end, "", 200000000)
            io.stdout:setvbuf("full")
            load(io.read(tonumber(io.read())), "=prelude")()
            for length in io.lines() do
              run(compiled(io.read(tonumber(length))))
              io.write("\\x04")
              io.flush()
            end
            """;

    private final String prelude;
    private Process process;
    private OutputStream in;
    private DataInputStream out;

    ReferencePrograms(String prelude) throws IOException {
        this.prelude = prelude;
        start();
    }

    private void start() throws IOException {
        process = new ProcessBuilder("lua5.4", "-e", LOOP).redirectErrorStream(true).start();
        in = process.getOutputStream();
        out = new DataInputStream(process.getInputStream());
        send(prelude);
    }

    /** What a program prints; null if the reference does not survive it. */
    String run(String program) {
        try {
            return answer(program);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String answer(String program) throws IOException {
        send(program);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        for (int b = out.read(); b != 4; b = out.read()) {
            if (b < 0) {
                start();
                return null;
            }
            printed.write(b);
        }
        return printed.toString(StandardCharsets.ISO_8859_1);
    }

    private void send(String text) throws IOException {
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.ISO_8859_1);
        in.write((bytes.length + "\n").getBytes(StandardCharsets.ISO_8859_1));
        in.write(bytes);
        in.flush();
    }

    @Override
    public void close() throws IOException {
        in.close();
        process.destroy();
    }
}
