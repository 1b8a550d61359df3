package dev.corona.kernel;

import jdk.internal.access.JavaLangAccess;
import jdk.internal.access.SharedSecrets;
import jdk.internal.misc.Unsafe;
import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;

import org.jspecify.annotations.Nullable;

/**
 * What the HotSpot engine reads and writes in the JVM, and whether it may.
 *
 * <p><b>The monitor guard.</b> A raw yield moves every monitor that the thread holds by a stack lock, also those of the code
 * that called {@code run()}, into the suspended stack chunk. The chunk counts them in one byte that HotSpot injects into
 * {@code jdk.internal.vm.StackChunk}. Reflection does not show that byte, so its offset is found by experiment: four
 * continuations that hold 0 to 3 monitors are suspended, and the one byte that reads 0, 1, 2, 3 is it. If no byte or
 * more than one does, the engine is not used.
 *
 * <p><b>Scoped values.</b> The bindings of a thread live in a field of {@link Thread} that a yield leaves as it is. The engine
 * saves and restores it, so that neither side sees the other's.
 */
final class HotSpotSupport {
    private static final @Nullable String UNAVAILABLE = probe();

    private HotSpotSupport() {}

    static boolean isAvailable() {
        return UNAVAILABLE == null;
    }

    /** Why this JVM does not offer the engine; a clause without a full stop. */
    static String unavailableBecause() {
        return UNAVAILABLE == null ? "it does" : UNAVAILABLE;
    }

    private static @Nullable String probe() {
        try {
            return Memory.LOCK_COUNT < 0 ? "the lock count of a stack chunk was not found" : null;
        } catch (LinkageError | RuntimeException e) {
            return "its internal packages are not exported to Corona";
        }
    }

    /** Number of monitors that the suspended stack of {@code c} took along; {@code c} must be suspended. */
    static int monitorsOf(Continuation c) {
        Object chunk = Memory.UNSAFE.getReference(c, Memory.TAIL);
        return chunk == null ? 0 : Memory.UNSAFE.getByte(chunk, Memory.LOCK_COUNT);
    }

    static @Nullable Object scopedBindings(Thread thread) {
        return Memory.UNSAFE.getReference(thread, Memory.BINDINGS);
    }

    /** Sets the bindings of {@code thread}, which is the current one, and drops what it has cached of the old ones. */
    static void setScopedBindings(Thread thread, @Nullable Object bindings) {
        Memory.UNSAFE.putReference(thread, Memory.BINDINGS, bindings);
        Memory.JAVA_LANG.setScopedValueCache(null);
    }

    /** Fields of the JVM; loading this class fails where they are not exported. */
    static final class Memory {
        static final Unsafe UNSAFE = Unsafe.getUnsafe();
        static final JavaLangAccess JAVA_LANG = SharedSecrets.getJavaLangAccess();
        static final long TAIL = UNSAFE.objectFieldOffset(Continuation.class, "tail");
        static final long BINDINGS = UNSAFE.objectFieldOffset(Thread.class, "scopedValueBindings");

        /** What the probe locks: objects that others could see, since a compiler leaves out a lock of any other. */
        private static final Object[] PROBED = {new Object(), new Object(), new Object()};

        static final long LOCK_COUNT = findLockCount();

        /** The first and the last offset at which an injected field of a chunk can lie. */
        private static final int FIRST = 8;

        private static final int LAST = 48;

        private static long findLockCount() {
            long candidates = -1L;
            for (int held = 0; held <= 3; held++) candidates &= offsetsThatRead(held);
            return Long.bitCount(candidates) == 1
                    ? FIRST + Long.numberOfTrailingZeros(candidates)
                    : -1;
        }

        private static long offsetsThatRead(int held) {
            ContinuationScope scope = new ContinuationScope("probe");
            Continuation c = new Continuation(scope, () -> holding(held, scope));
            c.run();
            Object chunk = UNSAFE.getReference(c, TAIL);
            long found = 0;
            for (int offset = FIRST; offset < LAST; offset++) {
                if (UNSAFE.getByte(chunk, offset) == held) found |= 1L << (offset - FIRST);
            }
            c.run();
            return found;
        }

        private static void holding(int monitors, ContinuationScope scope) {
            if (monitors == 0) {
                Continuation.yield(scope);
                return;
            }
            synchronized (PROBED[monitors - 1]) {
                holding(monitors - 1, scope);
            }
        }
    }
}
