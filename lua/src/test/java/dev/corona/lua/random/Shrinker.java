package dev.corona.lua.random;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a program that fails smaller, as long as it still fails: statements are dropped, or replaced by what they contain. */
final class Shrinker {
    private final Predicate<String> fails;
    private int attempts;

    Shrinker(Predicate<String> fails, int attempts) {
        this.fails = fails;
        this.attempts = attempts;
    }

    List<Statement> shrink(List<Statement> program) {
        List<Statement> smaller = Statement.copy(program);
        boolean again = true;
        while (again && attempts > 0) again = shrinkBlock(smaller, smaller);
        return smaller;
    }

    private boolean shrinkBlock(List<Statement> block, List<Statement> program) {
        boolean changed = false;
        for (int size = Math.max(1, block.size() / 2); size >= 1; size /= 2) {
            for (int i = block.size() - size; i >= 0 && attempts > 0; i -= size) {
                changed |= replace(block, i, i + size, List.of(), program);
                i = Math.min(i, block.size());
            }
        }
        for (int i = block.size() - 1; i >= 0 && attempts > 0; i--) {
            Statement s = block.get(i);
            for (List<Statement> inner : s.blocks()) changed |= shrinkBlock(inner, program);
            if (s.blocks().isEmpty()) continue;
            List<Statement> contents = new ArrayList<>();
            s.blocks().forEach(contents::addAll);
            changed |= replace(block, i, i + 1, contents, program);
        }
        return changed;
    }

    private boolean replace(
            List<Statement> block,
            int from,
            int to,
            List<Statement> contents,
            List<Statement> program) {
        List<Statement> before = new ArrayList<>(block);
        block.subList(from, to).clear();
        block.addAll(from, contents);
        attempts--;
        if (fails.test(Statement.text(program))) return true;
        block.clear();
        block.addAll(before);
        return false;
    }
}
