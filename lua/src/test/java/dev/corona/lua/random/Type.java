package dev.corona.lua.random;

/** What the writer knows of a value. */
enum Type {
    INT,
    FLOAT,
    /** An integer, a float, or a string that reads as one. */
    NUM,
    STR,
    BOOL,
    /** A table of integers from 1. */
    LIST,
    /** A table with the fields {@code a} (an integer), {@code b} (a string) and perhaps methods. */
    RECORD,
    /** A table with metamethods. */
    OBJECT,
    ANY;

    private static final Type[] PLAIN = {INT, INT, INT, FLOAT, NUM, STR, STR, BOOL, LIST};

    static Type plain(Choice choice) {
        return choice.of(PLAIN);
    }
}
