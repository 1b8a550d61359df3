package dev.corona.weave.transform;

import java.lang.constant.ClassDesc;

/** The frame class that holds so many ints, longs and references; {@code dev.corona.woven.Frames} lists them. */
record Shape(int ints, int longs, int references) {
    private static final int[] INTS = {0, 1, 2, 4, 8};
    private static final int[] LONGS = {0, 1, 4};
    private static final int[] REFERENCES = {0, 1, 2, 3, 4, 6, 8};

    private static final ClassDesc WIDE = ClassDesc.of("dev.corona.woven.Frames$Wide");

    /** Whether it is too large for fields, so that arrays hold the values. */
    boolean isWide() {
        return ints > 8 || longs > 4 || references > 8;
    }

    ClassDesc type() {
        if (isWide()) return WIDE;
        return ClassDesc.of(
                "dev.corona.woven.Frames$I%dJ%dA%d"
                        .formatted(
                                atLeast(ints, INTS),
                                atLeast(longs, LONGS),
                                atLeast(references, REFERENCES)));
    }

    private static int atLeast(int wanted, int[] offered) {
        for (int size : offered) if (size >= wanted) return size;
        throw new AssertionError("no field for " + wanted);
    }

    Shape or(Shape other) {
        return new Shape(
                Math.max(ints, other.ints),
                Math.max(longs, other.longs),
                Math.max(references, other.references));
    }
}
