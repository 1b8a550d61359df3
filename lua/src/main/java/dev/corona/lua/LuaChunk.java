package dev.corona.lua;

import dev.corona.lua.emit.Compiler;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.syntax.Parser;
import dev.corona.lua.syntax.SyntaxError;

import java.nio.charset.StandardCharsets;

/**
 * A compiled chunk, of which any number of runtimes may have functions: {@link LuaRuntime#load(LuaChunk)}. Compiling takes time, and
 * code memory, that thousands of runtimes so share. Immutable; for any thread.
 */
public final class LuaChunk {
    private final Compiler.Chunk code;
    private final boolean accounted;

    private LuaChunk(Compiler.Chunk code, boolean accounted) {
        this.code = code;
        this.accounted = accounted;
    }

    /**
     * Compiles a chunk.
     *
     * @param name of the chunk, such as {@code @file.lua} or {@code =stdin}
     * @param options of the runtimes it is for: they count ticks, or do not
     * @throws LuaException if it is not Lua
     */
    public static LuaChunk compile(String text, String name, LuaOptions options) {
        return compile(text.getBytes(StandardCharsets.UTF_8), name, options);
    }

    /** {@link #compile(String, String, LuaOptions)} of bytes as they are. */
    public static LuaChunk compile(byte[] text, String name, LuaOptions options) {
        try {
            return new LuaChunk(
                    Compiler.compile(program(text, name), name, options.accounted(), false),
                    options.accounted());
        } catch (SyntaxError e) {
            String message = String.valueOf(e.getMessage());
            throw new LuaException(message, LuaString.ofLatin1(message), "", e);
        }
    }

    /** The Lua of what a host gives: in a file, the first line may be a comment that begins with {@code #}. */
    static byte[] program(byte[] text, String name) {
        return name.startsWith("@") ? Parser.withoutFirstLineComment(text) : text;
    }

    Compiler.Chunk code() {
        return code;
    }

    boolean isAccounted() {
        return accounted;
    }
}
