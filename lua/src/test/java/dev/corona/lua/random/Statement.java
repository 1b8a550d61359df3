package dev.corona.lua.random;

import java.util.ArrayList;
import java.util.List;

/** A statement of a random program: lines, and between each line and the next a block. */
record Statement(List<String> lines, List<List<Statement>> blocks) {
    static Statement line(String text) {
        return new Statement(List.of(text), List.of());
    }

    static Statement around(String head, List<Statement> block, String tail) {
        return new Statement(List.of(head, tail), new ArrayList<>(List.of(block)));
    }

    static String text(List<Statement> block) {
        StringBuilder text = new StringBuilder();
        write(block, "", text);
        return text.toString();
    }

    private static void write(List<Statement> block, String indent, StringBuilder text) {
        for (Statement s : block) {
            for (int i = 0; i < s.lines.size(); i++) {
                text.append(indent).append(s.lines.get(i)).append('\n');
                if (i < s.blocks.size()) write(s.blocks.get(i), indent + "  ", text);
            }
        }
    }

    /** A copy whose blocks can be changed without changing this one's. */
    static List<Statement> copy(List<Statement> block) {
        List<Statement> copy = new ArrayList<>();
        for (Statement s : block) {
            List<List<Statement>> blocks = new ArrayList<>();
            for (List<Statement> b : s.blocks) blocks.add(copy(b));
            copy.add(new Statement(s.lines, blocks));
        }
        return copy;
    }
}
