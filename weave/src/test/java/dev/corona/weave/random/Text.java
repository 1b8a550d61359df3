package dev.corona.weave.random;

import java.util.ArrayList;
import java.util.List;

/** The text of a program as a tree: strings, and blocks whose statements can be taken away one by one. */
final class Text {
    /** Statements between braces; each of them may go. */
    static final class Block {
        final List<Text> statements = new ArrayList<>();
    }

    /** Strings and blocks. */
    private final List<Object> parts = new ArrayList<>();

    static Text of(Object... parts) {
        Text text = new Text();
        for (Object part : parts) text.add(part);
        return text;
    }

    Text add(Object part) {
        parts.add(part);
        return this;
    }

    /** All blocks, outer ones first. */
    List<Block> blocks() {
        List<Block> found = new ArrayList<>();
        for (Object part : parts) {
            if (part instanceof Block block) {
                found.add(block);
                block.statements.forEach(s -> found.addAll(s.blocks()));
            } else if (part instanceof Text text) {
                found.addAll(text.blocks());
            }
        }
        return found;
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        write(out, "");
        return out.toString();
    }

    private void write(StringBuilder out, String indent) {
        for (Object part : parts) {
            switch (part) {
                case Block block -> {
                    out.append("{\n");
                    for (Text statement : block.statements) {
                        out.append(indent).append("    ");
                        statement.write(out, indent + "    ");
                        out.append('\n');
                    }
                    out.append(indent).append('}');
                }
                case Text text -> text.write(out, indent);
                default -> out.append(part);
            }
        }
    }
}
