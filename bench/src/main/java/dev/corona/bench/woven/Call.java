package dev.corona.bench.woven;

/** The unit that the others are given in: the call of a method that is not inlined. */
public final class Call {
    private static int sink;

    private Call() {}

    public static int run(String program, int steps) {
        int sum = 0;
        for (int i = 0; i < steps; i++) sum += call(i);
        return sum;
    }

    /** Not inlined: the suite's command line says so. */
    private static int call(int i) {
        return i + sink;
    }
}
