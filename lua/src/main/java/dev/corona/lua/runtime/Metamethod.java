package dev.corona.lua.runtime;

/** The fields of a metatable that mean something. */
public enum Metamethod {
    INDEX,
    NEWINDEX,
    CALL,
    ADD,
    SUB,
    MUL,
    DIV,
    MOD,
    POW,
    UNM,
    IDIV,
    BAND,
    BOR,
    BXOR,
    SHL,
    SHR,
    BNOT,
    CONCAT,
    LEN,
    EQ,
    LT,
    LE,
    CLOSE,
    GC,
    MODE,
    TOSTRING,
    NAME,
    PAIRS,
    METATABLE;

    public final LuaString key;

    /** Marks in a table that it has no such field. */
    final int bit;

    Metamethod() {
        key = LuaString.of("__" + name().toLowerCase(java.util.Locale.ROOT));
        bit = 1 << ordinal();
    }
}
