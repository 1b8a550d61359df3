package dev.corona.lua.emit;

import java.lang.constant.ClassDesc;

/** The frame class that holds so many longs and references; {@code dev.corona.woven.Frames} lists them. */
record FrameShape(int longs, int references) {
    private static final int[] LONGS = {0, 1, 4};
    private static final int[] REFERENCES = {0, 1, 2, 3, 4, 6, 8};

    boolean isWide() {
        return longs > 4 || references > 8;
    }

    ClassDesc type() {
        if (isWide()) return ClassDesc.of("dev.corona.woven.Frames$Wide");
        return ClassDesc.of(
                "dev.corona.woven.Frames$I0J%dA%d"
                        .formatted(atLeast(longs, LONGS), atLeast(references, REFERENCES)));
    }

    private static int atLeast(int wanted, int[] offered) {
        for (int size : offered) if (size >= wanted) return size;
        throw new AssertionError("no field for " + wanted);
    }

    FrameShape or(FrameShape other) {
        return new FrameShape(Math.max(longs, other.longs), Math.max(references, other.references));
    }
}
