package dev.corona.weave.transform;

import dev.corona.weave.analysis.Twins;

import java.lang.constant.ClassDesc;

/** The frame class that holds so many ints, longs and references; {@code dev.corona.woven.Frames} lists them. */
record Shape(int ints, int longs, int references) {
    private static final int[] INTS = {0, 1, 2, 4, 8};
    private static final int[] LONGS = {0, 1, 4};
    private static final int[] REFERENCES = {0, 1, 2, 3, 4, 6, 8};

    private static final ClassDesc WIDE = ClassDesc.of(Twins.FRAMES + "Wide");

    /** Whether it is too large for fields, so that arrays hold the values. */
    boolean isWide() {
        return ints > 8 || longs > 4 || references > 8;
    }

    ClassDesc type() {
        if (isWide()) return WIDE;
        Shape whole = rounded();
        return ClassDesc.of(
                "%sI%dJ%dA%d".formatted(Twins.FRAMES, whole.ints, whole.longs, whole.references));
    }

    /** The shape with as many fields as its frame class has. */
    private Shape rounded() {
        if (isWide()) return this;
        return new Shape(
                atLeast(ints, INTS), atLeast(longs, LONGS), atLeast(references, REFERENCES));
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
