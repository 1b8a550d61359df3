package dev.corona.lua.lib;

import dev.corona.lua.runtime.LuaBuffer;
import dev.corona.lua.runtime.LuaNumbers;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/** Reads the longest beginning of a numeral from a file, for the format "n". */
final class NumeralReader {
    private static final int MAX_LENGTH = 200;

    private final LuaFile file;
    private final LuaBuffer text = new LuaBuffer();
    private boolean tooLong;

    private NumeralReader(LuaFile file) {
        this.file = file;
    }

    /** The number; null if what is there is none. */
    static @Nullable Number read(LuaFile file) throws IOException {
        return new NumeralReader(file).read();
    }

    private @Nullable Number read() throws IOException {
        while (isSpace(file.peek())) file.next();
        accept("+-");
        boolean hex = false;
        int count = 0;
        if (accept("0")) {
            if (accept("xX")) hex = true;
            else count = 1;
        }
        count += digits(hex);
        if (accept(".")) count += digits(hex);
        if (count > 0 && accept(hex ? "pP" : "eE")) {
            accept("-+");
            digits(false);
        }
        return tooLong ? null : LuaNumbers.parse(text.toLuaString());
    }

    private static boolean isSpace(int c) {
        return c == ' ' || (c >= 9 && c <= 13);
    }

    private boolean accept(String wanted) throws IOException {
        int c = file.peek();
        return c >= 0 && wanted.indexOf(c) >= 0 && take(c);
    }

    private boolean take(int c) throws IOException {
        if (text.length() >= MAX_LENGTH) {
            tooLong = true;
            return false;
        }
        file.next();
        text.append(c);
        return true;
    }

    private int digits(boolean hex) throws IOException {
        int n = 0;
        while (true) {
            int c = file.peek();
            boolean digit = c >= 0 && c < 128 && Character.digit(c, hex ? 16 : 10) >= 0;
            if (!digit || !take(c)) return n;
            n++;
        }
    }
}
