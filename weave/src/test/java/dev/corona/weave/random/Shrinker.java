package dev.corona.weave.random;

import dev.corona.weave.random.Text.Block;

import java.util.Map;

/** Takes statements away from a program for as long as it still differs. */
final class Shrinker {
    private static final int MOST_TRIES = 400;

    private final String name;
    private final String program;
    private final long seed;
    private int tries;

    /**
     * @param program the class to run: the one that is compiled, or one in it
     */
    Shrinker(String name, String program, long seed) {
        this.name = name;
        this.program = program;
        this.seed = seed;
    }

    /** Leaves in {@code text} little more than what makes it differ. */
    void shrink(Text text) {
        boolean changed = true;
        while (changed && tries < MOST_TRIES) {
            changed = false;
            for (Block block : text.blocks()) changed |= shrink(text, block);
        }
    }

    private boolean shrink(Text text, Block block) {
        boolean changed = false;
        for (int i = block.statements.size() - 1; i >= 0 && tries < MOST_TRIES; i--) {
            Text taken = block.statements.remove(i);
            if (differs(text)) changed = true;
            else block.statements.add(i, taken);
        }
        return changed;
    }

    /** A program that does not compile without the statement does not count. */
    private boolean differs(Text text) {
        tries++;
        try {
            return new Batch(Map.of(name, text.toString())).difference(program, seed) != null;
        } catch (Exception | AssertionError e) {
            return false;
        }
    }
}
