package dev.corona.lua.lib;

import dev.corona.lua.runtime.StateParts;

/** The generator xoshiro256** of Blackman and Vigna, seeded as the manual's reference implementation does. For one thread at a time. */
final class Xoshiro implements StateParts.Memory {
    private static final int DISCARDED = 16;

    private final long[] s = new long[4];

    Xoshiro(long n1, long n2) {
        seed(n1, n2);
    }

    void seed(long n1, long n2) {
        s[0] = n1;
        s[1] = 0xff;
        s[2] = n2;
        s[3] = 0;
        for (int i = 0; i < DISCARDED; i++) next();
    }

    @Override
    public long[] save() {
        return s.clone();
    }

    @Override
    public void restore(long[] saved) {
        System.arraycopy(saved, 0, s, 0, s.length);
    }

    long next() {
        long result = Long.rotateLeft(s[1] * 5, 7) * 9;
        long t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = Long.rotateLeft(s[3], 45);
        return result;
    }

    /** From 0, inclusive, to 1, exclusive. */
    double nextFloat() {
        return (next() >>> 11) * 0x1p-53;
    }

    /** From 0 to {@code limit}, both inclusive and unsigned. */
    long nextUpTo(long limit) {
        long random = next();
        if ((limit & (limit + 1)) == 0) return random & limit;
        long mask = -1L >>> Long.numberOfLeadingZeros(limit);
        random &= mask;
        while (Long.compareUnsigned(random, limit) > 0) random = next() & mask;
        return random;
    }
}
