package dev.corona.lua.syntax;

import dev.corona.lua.scope.FunctionScope;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** The labels and the unresolved gotos of a function while it is parsed. */
final class Labels {
    /** A label and how many variables are visible there. */
    private record Placed(Tree.Label label, String name, int line, int variables) {}

    /** A goto whose label has not been seen, and how many variables it may assume at that label. */
    private static final class Pending {
        private final Tree.Goto statement;
        private final String name;
        private final int line;
        private int variables;

        Pending(Tree.Goto statement, String name, int line, int variables) {
            this.statement = statement;
            this.name = name;
            this.line = line;
            this.variables = variables;
        }
    }

    /** The name of the label that a break leads to; no label of a program has it. */
    static final String BREAK = "break";

    private final Lexer lexer;
    private final FunctionScope scope;
    private final List<Placed> placed = new ArrayList<>();
    private final List<Pending> pending = new ArrayList<>();

    Labels(Lexer lexer, FunctionScope scope) {
        this.lexer = lexer;
        this.scope = scope;
    }

    int labelCount() {
        return placed.size();
    }

    int pendingCount() {
        return pending.size();
    }

    Tree.Goto jump(String name, int line) {
        Tree.Goto statement = new Tree.Goto();
        Placed known = name.equals(BREAK) ? null : find(name);
        if (known != null) statement.label(known.label);
        else pending.add(new Pending(statement, name, line, scope.activeCount()));
        return statement;
    }

    void requireNew(String name) {
        Placed known = find(name);
        if (known != null) throw repeated(name, known.line);
    }

    SyntaxError repeated(String name, int line) {
        return lexer.errorAt(
                lexer.line(), "label '%s' already defined on line %d".formatted(name, line));
    }

    private @Nullable Placed find(String name) {
        for (Placed p : placed) if (p.name.equals(name)) return p;
        return null;
    }

    /**
     * Places a label, and resolves the gotos from {@code firstPending} on that wait for it.
     *
     * @param variables how many variables are visible there
     */
    Tree.Label place(String name, int line, int variables, int firstPending) {
        Tree.Label label = new Tree.Label(name);
        if (!name.equals(BREAK)) placed.add(new Placed(label, name, line, variables));
        for (int i = firstPending; i < pending.size(); ) {
            Pending p = pending.get(i);
            if (!p.name.equals(name)) {
                i++;
                continue;
            }
            if (p.variables < variables) throw jumpsIntoScope(p);
            p.statement.label(label);
            pending.remove(i);
        }
        return label;
    }

    private SyntaxError jumpsIntoScope(Pending p) {
        return lexer.errorAt(
                lexer.line(),
                "<goto %s> at line %d jumps into the scope of local '%s'"
                        .formatted(p.name, p.line, scope.active(p.variables).name()));
    }

    /** Leaves a block that began with so many labels, pending gotos and variables. */
    void leaveBlock(int labels, int firstPending, int variables) {
        while (placed.size() > labels) placed.removeLast();
        for (int i = firstPending; i < pending.size(); i++) {
            Pending p = pending.get(i);
            p.variables = Math.min(p.variables, variables);
        }
    }

    void requireResolved() {
        if (pending.isEmpty()) return;
        Pending p = pending.getFirst();
        if (p.name.equals(BREAK))
            throw lexer.errorAt(lexer.line(), "break outside loop at line " + p.line);
        throw lexer.errorAt(
                lexer.line(),
                "no visible label '%s' for <goto> at line %d".formatted(p.name, p.line));
    }
}
