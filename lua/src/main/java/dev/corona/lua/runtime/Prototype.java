package dev.corona.lua.runtime;

import java.util.List;

/**
 * What is known of a compiled function, the same for all its closures.
 *
 * @param name as it was declared; empty if it has no name
 * @param source the name of its chunk as it was given to {@code load}, such as {@code @file.lua}
 * @param chunk the chunk's name as messages show it
 * @param line where it begins; 0 for a chunk
 * @param parameters the names of its parameters, without {@code ...}
 * @param upvalues the names of its upvalues
 * @param activeLines the lines that have code, in order
 * @param isStripped whether it was loaded from a dump without the names of chunk, lines and variables
 */
public record Prototype(
        String name,
        String source,
        String chunk,
        int line,
        int lastLine,
        List<String> parameters,
        boolean isVararg,
        List<String> upvalues,
        List<Integer> activeLines,
        boolean isStripped) {
    public boolean isMain() {
        return line == 0;
    }
}
