package dev.corona.bench.lua;

import java.nio.file.Path;

/** A program of {@code bench/lua/programs}: the file returns a function that takes a size and returns a whole number. */
enum LuaProgram {
    FIB("fib", 30, 37),
    N_BODY("n-body", 30_000, 900_000),
    SPECTRAL_NORM("spectral-norm", 250, 1_500),
    FANNKUCH("fannkuch", 9, 10),
    BINARY_TREES("binary-trees", 12, 17),
    MANDELBROT("mandelbrot", 256, 1_500),
    QUEENS("queens", 11, 13),
    STRING_BUILDING("string-building", 500, 15_000),
    PATTERNS("patterns", 60, 2_000),
    TABLE_SORT("table-sort", 20_000, 350_000),
    CLOSURES("closures", 30_000, 1_200_000),
    METHODS("methods", 60_000, 2_800_000),
    WORD_COUNT("word-count", 60, 2_000),
    GENERATOR("generator", 100_000, 5_500_000),
    PERMUTATIONS("permutations", 9, 10),
    /** Nothing but resume and yield; not one of the programs that are averaged. */
    SWITCH("switch", 400_000, 0);

    private final String title;
    private final int size;
    private final int wholeSize;

    LuaProgram(String title, int size, int wholeSize) {
        this.title = title;
        this.size = size;
        this.wholeSize = wholeSize;
    }

    String title() {
        return title;
    }

    /** A size at which the reference implementation takes about 50 ms. */
    int size() {
        return size;
    }

    /** A size at which the reference implementation takes about 2 s. */
    int wholeSize() {
        return wholeSize;
    }

    Path file(Path root) {
        return root.resolve("bench/lua/programs/" + title + ".lua");
    }
}
