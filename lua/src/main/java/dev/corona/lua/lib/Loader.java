package dev.corona.lua.lib;

import dev.corona.Resumable;
import dev.corona.lua.runtime.LuaError;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.Values;
import dev.corona.lua.syntax.Parser;

import org.jspecify.annotations.Nullable;

/** Compiles text for {@code load}, {@code loadfile}, {@code dofile} and {@code require}. */
@Resumable
final class Loader {
    private static final int SIGNATURE = 0x1b;

    /** To compile costs far more than to run. */
    private static final int TICKS_OF_CHUNK = 2000;

    private static final int TICKS_OF_BYTE = 16;

    private final LuaState state;

    Loader(LuaState state) {
        this.state = state;
    }

    /**
     * Compiles a chunk.
     *
     * @param name its name, as {@code load} takes it
     * @param mode which chunks are allowed: t, b or both
     * @return the function; or nil and a message
     */
    @Nullable Object load(byte[] chunk, LuaString name, String mode, @Nullable Object environment) {
        boolean binary = chunk.length > 0 && chunk[0] == SIGNATURE;
        if (mode.indexOf(binary ? 'b' : 't') < 0) {
            String kind = binary ? "binary" : "text";
            return failure("attempt to load a " + kind + " chunk (mode is '" + mode + "')");
        }
        state.work(TICKS_OF_CHUNK + (long) TICKS_OF_BYTE * chunk.length);
        try {
            return state.load(chunk, name.toLatin1(), environment);
        } catch (LuaError e) {
            return Values.of(null, e.value());
        }
    }

    /** Loads the content of a file: a first line that begins with # is skipped, but counted. */
    @Nullable Object loadFile(
            byte[] content, LuaString name, String mode, @Nullable Object environment) {
        return load(Parser.withoutFirstLineComment(content), name, mode, environment);
    }

    private static @Nullable Object failure(String message) {
        return Values.of(null, LuaString.ofLatin1(message));
    }
}
