package dev.corona.lua.analysis;

/** What is known of the values of a register. The order is that of the lattice: a join is the greater, or {@code ANY}. */
public enum Kind {
    /** No value reaches it. */
    NONE,
    /** Integers only, kept as a JVM long. */
    INTEGER,
    /** Floats only, kept as a JVM double. */
    FLOAT,
    /** Any value, kept as an object. */
    ANY;

    Kind join(Kind other) {
        if (this == other || other == NONE) return this;
        return this == NONE ? other : ANY;
    }

    public boolean isNumber() {
        return this == INTEGER || this == FLOAT;
    }
}
