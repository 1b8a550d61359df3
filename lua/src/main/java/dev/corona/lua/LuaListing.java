package dev.corona.lua;

import dev.corona.lua.emit.ChunkNames;
import dev.corona.lua.emit.CodeListing;
import dev.corona.lua.ir.Listing;
import dev.corona.lua.ir.Lowering;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.syntax.Parser;
import dev.corona.lua.syntax.SyntaxError;
import dev.corona.lua.syntax.TokenListing;
import dev.corona.lua.syntax.TreeListing;

/** What the stages of the compiler make of a chunk, as text for people. Stateless; safe for use by any thread. */
public final class LuaListing {
    /** The stages, in the order in which they run. */
    public enum Stage {
        /** One token a line. */
        TOKENS,
        /** The syntax tree. */
        AST,
        /** The instructions on registers without limit. */
        IR,
        /** The instructions of the JVM, a class for each function. */
        BYTECODE
    }

    private LuaListing() {}

    /**
     * The listing of a chunk.
     *
     * @param name of the chunk, such as {@code @file.lua}
     * @throws LuaException if it is not Lua
     */
    public static String of(Stage stage, byte[] text, String name) {
        String chunk = ChunkNames.shown(name);
        byte[] program = LuaChunk.program(text, name);
        try {
            return switch (stage) {
                case TOKENS -> TokenListing.of(program, chunk);
                case AST -> TreeListing.of(Parser.parse(program, chunk));
                case IR -> Listing.of(Lowering.lower(Parser.parse(program, chunk), false));
                case BYTECODE -> CodeListing.of(program, name);
            };
        } catch (SyntaxError e) {
            String message = String.valueOf(e.getMessage());
            throw new LuaException(message, LuaString.ofLatin1(message), "", e);
        }
    }
}
