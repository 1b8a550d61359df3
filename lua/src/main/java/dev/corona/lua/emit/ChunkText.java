package dev.corona.lua.emit;

import dev.corona.lua.ir.Ir;
import dev.corona.lua.ir.Lowering;
import dev.corona.lua.syntax.Parser;

/**
 * The text of a chunk and how it is compiled.
 *
 * @param source the chunk's name, such as {@code @file.lua}, {@code =stdin} or the text itself
 * @param keepsLocals whether variables are kept to the end of their scope, for who looks at them from outside
 * @param isStripped whether its functions do not know their lines
 */
record ChunkText(byte[] text, String source, boolean keepsLocals, boolean isStripped) {
    /** The chunk's name as messages show it. */
    String chunk() {
        return ChunkNames.shown(source);
    }

    /** @throws dev.corona.lua.syntax.SyntaxError if it is not Lua */
    Ir.Function lower() {
        return Lowering.lower(Parser.parse(text, chunk()), keepsLocals);
    }
}
