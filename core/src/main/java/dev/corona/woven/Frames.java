package dev.corona.woven;

import org.jspecify.annotations.Nullable;

/**
 * The frames by what they hold: some ints (a float is kept by its bits), some longs (a double is kept by its bits) and
 * some references. A method uses the smallest that fits all its sites, so weaving adds no classes, and a suspended call is
 * one small object. One that needs more uses {@link Wide}.
 *
 * <p>The names are part of the class-file format: {@code I2J1A3} has the fields i0, i1, j0, a0, a1, a2.
 */
public final class Frames {
    private Frames() {}

    /** A frame of any size. */
    public static final class Wide extends Frame {
        public final int[] i;
        public final long[] j;
        public final @Nullable Object[] a;

        public Wide(int ints, int longs, int references) {
            i = new int[ints];
            j = new long[longs];
            a = new Object[references];
        }
    }

    public static final class I0J0A0 extends Frame {}

    public static final class I0J0A1 extends Frame {
        public @Nullable Object a0;
    }

    public static final class I0J0A2 extends Frame {
        public @Nullable Object a0, a1;
    }

    public static final class I0J0A3 extends Frame {
        public @Nullable Object a0, a1, a2;
    }

    public static final class I0J0A4 extends Frame {
        public @Nullable Object a0, a1, a2, a3;
    }

    public static final class I0J0A6 extends Frame {
        public @Nullable Object a0, a1, a2, a3, a4, a5;
    }

    public static final class I0J0A8 extends Frame {
        public @Nullable Object a0, a1, a2, a3, a4, a5, a6, a7;
    }

    public static final class I0J1A0 extends Frame {
        public long j0;
    }

    public static final class I0J1A1 extends Frame {
        public long j0;
        public @Nullable Object a0;
    }

    public static final class I0J1A2 extends Frame {
        public long j0;
        public @Nullable Object a0, a1;
    }

    public static final class I0J1A3 extends Frame {
        public long j0;
        public @Nullable Object a0, a1, a2;
    }

    public static final class I0J1A4 extends Frame {
        public long j0;
        public @Nullable Object a0, a1, a2, a3;
    }

    public static final class I0J1A6 extends Frame {
        public long j0;
        public @Nullable Object a0, a1, a2, a3, a4, a5;
    }

    public static final class I0J1A8 extends Frame {
        public long j0;
        public @Nullable Object a0, a1, a2, a3, a4, a5, a6, a7;
    }

    public static final class I0J4A0 extends Frame {
        public long j0, j1, j2, j3;
    }

    public static final class I0J4A1 extends Frame {
        public long j0, j1, j2, j3;
        public @Nullable Object a0;
    }

    public static final class I0J4A2 extends Frame {
        public long j0, j1, j2, j3;
        public @Nullable Object a0, a1;
    }

    public static final class I0J4A3 extends Frame {
        public long j0, j1, j2, j3;
        public @Nullable Object a0, a1, a2;
    }

    public static final class I0J4A4 extends Frame {
        public long j0, j1, j2, j3;
        public @Nullable Object a0, a1, a2, a3;
    }

    public static final class I0J4A6 extends Frame {
        public long j0, j1, j2, j3;
        public @Nullable Object a0, a1, a2, a3, a4, a5;
    }

    public static final class I0J4A8 extends Frame {
        public long j0, j1, j2, j3;
        public @Nullable Object a0, a1, a2, a3, a4, a5, a6, a7;
    }

    public static final class I1J0A0 extends Frame {
        public int i0;
    }

    public static final class I1J0A1 extends Frame {
        public int i0;
        public @Nullable Object a0;
    }

    public static final class I1J0A2 extends Frame {
        public int i0;
        public @Nullable Object a0, a1;
    }

    public static final class I1J0A3 extends Frame {
        public int i0;
        public @Nullable Object a0, a1, a2;
    }

    public static final class I1J0A4 extends Frame {
        public int i0;
        public @Nullable Object a0, a1, a2, a3;
    }

    public static final class I1J0A6 extends Frame {
        public int i0;
        public @Nullable Object a0, a1, a2, a3, a4, a5;
    }

    public static final class I1J0A8 extends Frame {
        public int i0;
        public @Nullable Object a0, a1, a2, a3, a4, a5, a6, a7;
    }

    public static final class I1J1A0 extends Frame {
        public int i0;
        public long j0;
    }

    public static final class I1J1A1 extends Frame {
        public int i0;
        public long j0;
        public @Nullable Object a0;
    }

    public static final class I1J1A2 extends Frame {
        public int i0;
        public long j0;
        public @Nullable Object a0, a1;
    }

    public static final class I1J1A3 extends Frame {
        public int i0;
        public long j0;
        public @Nullable Object a0, a1, a2;
    }

    public static final class I1J1A4 extends Frame {
        public int i0;
        public long j0;
        public @Nullable Object a0, a1, a2, a3;
    }

    public static final class I1J1A6 extends Frame {
        public int i0;
        public long j0;
        public @Nullable Object a0, a1, a2, a3, a4, a5;
    }

    public static final class I1J1A8 extends Frame {
        public int i0;
        public long j0;
        public @Nullable Object a0, a1, a2, a3, a4, a5, a6, a7;
    }

    public static final class I1J4A0 extends Frame {
        public int i0;
        public long j0, j1, j2, j3;
    }

    public static final class I1J4A1 extends Frame {
        public int i0;
        public long j0, j1, j2, j3;
        public @Nullable Object a0;
    }

    public static final class I1J4A2 extends Frame {
        public int i0;
        public long j0, j1, j2, j3;
        public @Nullable Object a0, a1;
    }

    public static final class I1J4A3 extends Frame {
        public int i0;
        public long j0, j1, j2, j3;
        public @Nullable Object a0, a1, a2;
    }

    public static final class I1J4A4 extends Frame {
        public int i0;
        public long j0, j1, j2, j3;
        public @Nullable Object a0, a1, a2, a3;
    }

    public static final class I1J4A6 extends Frame {
        public int i0;
        public long j0, j1, j2, j3;
        public @Nullable Object a0, a1, a2, a3, a4, a5;
    }

    public static final class I1J4A8 extends Frame {
        public int i0;
        public long j0, j1, j2, j3;
        public @Nullable Object a0, a1, a2, a3, a4, a5, a6, a7;
    }

    public static final class I2J0A0 extends Frame {
        public int i0, i1;
    }

    public static final class I2J0A1 extends Frame {
        public int i0, i1;
        public @Nullable Object a0;
    }

    public static final class I2J0A2 extends Frame {
        public int i0, i1;
        public @Nullable Object a0, a1;
    }

    public static final class I2J0A3 extends Frame {
        public int i0, i1;
        public @Nullable Object a0, a1, a2;
    }

    public static final class I2J0A4 extends Frame {
        public int i0, i1;
        public @Nullable Object a0, a1, a2, a3;
    }

    public static final class I2J0A6 extends Frame {
        public int i0, i1;
        public @Nullable Object a0, a1, a2, a3, a4, a5;
    }

    public static final class I2J0A8 extends Frame {
        public int i0, i1;
        public @Nullable Object a0, a1, a2, a3, a4, a5, a6, a7;
    }

    public static final class I2J1A0 extends Frame {
        public int i0, i1;
        public long j0;
    }

    public static final class I2J1A1 extends Frame {
        public int i0, i1;
        public long j0;
        public @Nullable Object a0;
    }

    public static final class I2J1A2 extends Frame {
        public int i0, i1;
        public long j0;
        public @Nullable Object a0, a1;
    }

    public static final class I2J1A3 extends Frame {
        public int i0, i1;
        public long j0;
        public @Nullable Object a0, a1, a2;
    }

    public static final class I2J1A4 extends Frame {
        public int i0, i1;
        public long j0;
        public @Nullable Object a0, a1, a2, a3;
    }

    public static final class I2J1A6 extends Frame {
        public int i0, i1;
        public long j0;
        public @Nullable Object a0, a1, a2, a3, a4, a5;
    }

    public static final class I2J1A8 extends Frame {
        public int i0, i1;
        public long j0;
        public @Nullable Object a0, a1, a2, a3, a4, a5, a6, a7;
    }

    public static final class I2J4A0 extends Frame {
        public int i0, i1;
        public long j0, j1, j2, j3;
    }

    public static final class I2J4A1 extends Frame {
        public int i0, i1;
        public long j0, j1, j2, j3;
        public @Nullable Object a0;
    }

    public static final class I2J4A2 extends Frame {
        public int i0, i1;
        public long j0, j1, j2, j3;
        public @Nullable Object a0, a1;
    }

    public static final class I2J4A3 extends Frame {
        public int i0, i1;
        public long j0, j1, j2, j3;
        public @Nullable Object a0, a1, a2;
    }

    public static final class I2J4A4 extends Frame {
        public int i0, i1;
        public long j0, j1, j2, j3;
        public @Nullable Object a0, a1, a2, a3;
    }

    public static final class I2J4A6 extends Frame {
        public int i0, i1;
        public long j0, j1, j2, j3;
        public @Nullable Object a0, a1, a2, a3, a4, a5;
    }

    public static final class I2J4A8 extends Frame {
        public int i0, i1;
        public long j0, j1, j2, j3;
        public @Nullable Object a0, a1, a2, a3, a4, a5, a6, a7;
    }

    public static final class I4J0A0 extends Frame {
        public int i0, i1, i2, i3;
    }

    public static final class I4J0A1 extends Frame {
        public int i0, i1, i2, i3;
        public @Nullable Object a0;
    }

    public static final class I4J0A2 extends Frame {
        public int i0, i1, i2, i3;
        public @Nullable Object a0, a1;
    }

    public static final class I4J0A3 extends Frame {
        public int i0, i1, i2, i3;
        public @Nullable Object a0, a1, a2;
    }

    public static final class I4J0A4 extends Frame {
        public int i0, i1, i2, i3;
        public @Nullable Object a0, a1, a2, a3;
    }

    public static final class I4J0A6 extends Frame {
        public int i0, i1, i2, i3;
        public @Nullable Object a0, a1, a2, a3, a4, a5;
    }

    public static final class I4J0A8 extends Frame {
        public int i0, i1, i2, i3;
        public @Nullable Object a0, a1, a2, a3, a4, a5, a6, a7;
    }

    public static final class I4J1A0 extends Frame {
        public int i0, i1, i2, i3;
        public long j0;
    }

    public static final class I4J1A1 extends Frame {
        public int i0, i1, i2, i3;
        public long j0;
        public @Nullable Object a0;
    }

    public static final class I4J1A2 extends Frame {
        public int i0, i1, i2, i3;
        public long j0;
        public @Nullable Object a0, a1;
    }

    public static final class I4J1A3 extends Frame {
        public int i0, i1, i2, i3;
        public long j0;
        public @Nullable Object a0, a1, a2;
    }

    public static final class I4J1A4 extends Frame {
        public int i0, i1, i2, i3;
        public long j0;
        public @Nullable Object a0, a1, a2, a3;
    }

    public static final class I4J1A6 extends Frame {
        public int i0, i1, i2, i3;
        public long j0;
        public @Nullable Object a0, a1, a2, a3, a4, a5;
    }

    public static final class I4J1A8 extends Frame {
        public int i0, i1, i2, i3;
        public long j0;
        public @Nullable Object a0, a1, a2, a3, a4, a5, a6, a7;
    }

    public static final class I4J4A0 extends Frame {
        public int i0, i1, i2, i3;
        public long j0, j1, j2, j3;
    }

    public static final class I4J4A1 extends Frame {
        public int i0, i1, i2, i3;
        public long j0, j1, j2, j3;
        public @Nullable Object a0;
    }

    public static final class I4J4A2 extends Frame {
        public int i0, i1, i2, i3;
        public long j0, j1, j2, j3;
        public @Nullable Object a0, a1;
    }

    public static final class I4J4A3 extends Frame {
        public int i0, i1, i2, i3;
        public long j0, j1, j2, j3;
        public @Nullable Object a0, a1, a2;
    }

    public static final class I4J4A4 extends Frame {
        public int i0, i1, i2, i3;
        public long j0, j1, j2, j3;
        public @Nullable Object a0, a1, a2, a3;
    }

    public static final class I4J4A6 extends Frame {
        public int i0, i1, i2, i3;
        public long j0, j1, j2, j3;
        public @Nullable Object a0, a1, a2, a3, a4, a5;
    }

    public static final class I4J4A8 extends Frame {
        public int i0, i1, i2, i3;
        public long j0, j1, j2, j3;
        public @Nullable Object a0, a1, a2, a3, a4, a5, a6, a7;
    }

    public static final class I8J0A0 extends Frame {
        public int i0, i1, i2, i3, i4, i5, i6, i7;
    }

    public static final class I8J0A1 extends Frame {
        public int i0, i1, i2, i3, i4, i5, i6, i7;
        public @Nullable Object a0;
    }

    public static final class I8J0A2 extends Frame {
        public int i0, i1, i2, i3, i4, i5, i6, i7;
        public @Nullable Object a0, a1;
    }

    public static final class I8J0A3 extends Frame {
        public int i0, i1, i2, i3, i4, i5, i6, i7;
        public @Nullable Object a0, a1, a2;
    }

    public static final class I8J0A4 extends Frame {
        public int i0, i1, i2, i3, i4, i5, i6, i7;
        public @Nullable Object a0, a1, a2, a3;
    }

    public static final class I8J0A6 extends Frame {
        public int i0, i1, i2, i3, i4, i5, i6, i7;
        public @Nullable Object a0, a1, a2, a3, a4, a5;
    }

    public static final class I8J0A8 extends Frame {
        public int i0, i1, i2, i3, i4, i5, i6, i7;
        public @Nullable Object a0, a1, a2, a3, a4, a5, a6, a7;
    }

    public static final class I8J1A0 extends Frame {
        public int i0, i1, i2, i3, i4, i5, i6, i7;
        public long j0;
    }

    public static final class I8J1A1 extends Frame {
        public int i0, i1, i2, i3, i4, i5, i6, i7;
        public long j0;
        public @Nullable Object a0;
    }

    public static final class I8J1A2 extends Frame {
        public int i0, i1, i2, i3, i4, i5, i6, i7;
        public long j0;
        public @Nullable Object a0, a1;
    }

    public static final class I8J1A3 extends Frame {
        public int i0, i1, i2, i3, i4, i5, i6, i7;
        public long j0;
        public @Nullable Object a0, a1, a2;
    }

    public static final class I8J1A4 extends Frame {
        public int i0, i1, i2, i3, i4, i5, i6, i7;
        public long j0;
        public @Nullable Object a0, a1, a2, a3;
    }

    public static final class I8J1A6 extends Frame {
        public int i0, i1, i2, i3, i4, i5, i6, i7;
        public long j0;
        public @Nullable Object a0, a1, a2, a3, a4, a5;
    }

    public static final class I8J1A8 extends Frame {
        public int i0, i1, i2, i3, i4, i5, i6, i7;
        public long j0;
        public @Nullable Object a0, a1, a2, a3, a4, a5, a6, a7;
    }

    public static final class I8J4A0 extends Frame {
        public int i0, i1, i2, i3, i4, i5, i6, i7;
        public long j0, j1, j2, j3;
    }

    public static final class I8J4A1 extends Frame {
        public int i0, i1, i2, i3, i4, i5, i6, i7;
        public long j0, j1, j2, j3;
        public @Nullable Object a0;
    }

    public static final class I8J4A2 extends Frame {
        public int i0, i1, i2, i3, i4, i5, i6, i7;
        public long j0, j1, j2, j3;
        public @Nullable Object a0, a1;
    }

    public static final class I8J4A3 extends Frame {
        public int i0, i1, i2, i3, i4, i5, i6, i7;
        public long j0, j1, j2, j3;
        public @Nullable Object a0, a1, a2;
    }

    public static final class I8J4A4 extends Frame {
        public int i0, i1, i2, i3, i4, i5, i6, i7;
        public long j0, j1, j2, j3;
        public @Nullable Object a0, a1, a2, a3;
    }

    public static final class I8J4A6 extends Frame {
        public int i0, i1, i2, i3, i4, i5, i6, i7;
        public long j0, j1, j2, j3;
        public @Nullable Object a0, a1, a2, a3, a4, a5;
    }

    public static final class I8J4A8 extends Frame {
        public int i0, i1, i2, i3, i4, i5, i6, i7;
        public long j0, j1, j2, j3;
        public @Nullable Object a0, a1, a2, a3, a4, a5, a6, a7;
    }
}
