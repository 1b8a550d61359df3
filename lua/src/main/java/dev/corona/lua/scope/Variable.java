package dev.corona.lua.scope;

import org.jspecify.annotations.Nullable;

/** A local variable as declared in one place. Filled in while its function is parsed. */
public final class Variable {
    /** What the declaration says of it. */
    public enum Kind {
        REGULAR,
        CONST,
        CLOSE
    }

    private final String name;
    private final Kind kind;
    private final FunctionScope owner;
    private @Nullable Object constant;
    private boolean captured;
    private boolean reassigned;

    Variable(String name, Kind kind, FunctionScope owner) {
        this.name = name;
        this.kind = kind;
        this.owner = owner;
    }

    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    public FunctionScope owner() {
        return owner;
    }

    /** The value that replaces it wherever it is read: a boolean, number or string; null if there is none. */
    public @Nullable Object constant() {
        return constant;
    }

    public void constant(Object value) {
        constant = value;
    }

    /** Whether a closure refers to it. */
    public boolean isCaptured() {
        return captured;
    }

    void capture() {
        captured = true;
    }

    /** Whether anything but its declaration gives it a value. */
    public boolean isReassigned() {
        return reassigned;
    }

    public void reassign() {
        reassigned = true;
    }

    /** Whether it lives in a cell of its own, because closures see it change. */
    public boolean isCell() {
        return captured && reassigned;
    }

    @Override
    public String toString() {
        return name;
    }
}
