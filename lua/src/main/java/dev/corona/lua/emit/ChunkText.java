package dev.corona.lua.emit;

import dev.corona.lua.ir.Ir;
import dev.corona.lua.ir.Lowering;
import dev.corona.lua.syntax.Parser;

import java.util.HexFormat;

/**
 * The text of a chunk and how it is compiled.
 *
 * @param source the chunk's name, such as {@code @file.lua}, {@code =stdin} or the text itself
 * @param keepsLocals whether variables are kept to the end of their scope, for who looks at them from outside
 * @param isStripped whether its functions do not know their lines
 */
record ChunkText(byte[] text, String source, boolean keepsLocals, boolean isStripped) {
    /** What the packages of all chunks begin with. */
    static final String PACKAGE = "lua.c";

    /**
     * The package of its classes, which is another one for another chunk: classes of stored programs are found again by their names. No
     * cryptographic hash, since classes are compared before frames enter them.
     */
    String packageName() {
        long hash = (keepsLocals ? 1 : 0) + (isStripped ? 2 : 0);
        for (int i = 0; i < source.length(); i++) hash = mixed(hash, source.charAt(i));
        hash = mixed(hash, -1);
        for (byte each : text) hash = mixed(hash, each);
        return PACKAGE + HexFormat.of().toHexDigits(hash);
    }

    private static long mixed(long hash, int next) {
        long h = (hash ^ next) * 0x9E3779B97F4A7C15L;
        return h ^ (h >>> 29);
    }

    /** The chunk's name as messages show it. */
    String chunk() {
        return ChunkNames.shown(source);
    }

    /** @throws dev.corona.lua.syntax.SyntaxError if it is not Lua */
    Ir.Function lower() {
        return Lowering.lower(Parser.parse(text, chunk()), keepsLocals);
    }
}
