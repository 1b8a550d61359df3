package dev.corona.lua.lib;

import dev.corona.lua.runtime.LuaErrors;
import dev.corona.lua.runtime.LuaNumbers;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The formats of {@code read} and {@code lines}. */
final class Reads {
    private Reads() {}

    /**
     * Reads by formats, until one fails.
     *
     * @param from the index of the first format
     * @param first the number of that argument
     */
    static @Nullable Object read(LuaFile file, @Nullable Object[] formats, int from, int first) {
        try {
            if (from >= formats.length) return file.line(false);
            List<@Nullable Object> results = new ArrayList<>();
            for (int i = from; i < formats.length; i++) {
                Object value = one(file, formats[i], first + i - from);
                results.add(value);
                if (value == null) break;
            }
            return Values.of(results.toArray());
        } catch (IOException e) {
            return Failures.of(e, null);
        }
    }

    private static @Nullable Object one(LuaFile file, @Nullable Object format, int n)
            throws IOException {
        if (format instanceof Number number) {
            Long count = LuaNumbers.toInteger(number);
            if (count == null) throw LuaErrors.argument(n, "number has no integer representation");
            if (count == 0) return file.peek() < 0 ? null : LuaString.EMPTY;
            return file.bytes(count);
        }
        String text = Args.string(n, format).toLatin1();
        String letter = text.startsWith("*") ? text.substring(1) : text;
        return switch (letter.isEmpty() ? '\0' : letter.charAt(0)) {
            case 'n' -> NumeralReader.read(file);
            case 'l' -> file.line(false);
            case 'L' -> file.line(true);
            case 'a' -> file.all();
            default -> throw LuaErrors.argument(n, "invalid format");
        };
    }
}
