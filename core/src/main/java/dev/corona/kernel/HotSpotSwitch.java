package dev.corona.kernel;

import jdk.internal.access.JavaLangAccess;
import jdk.internal.access.SharedSecrets;
import jdk.internal.misc.Unsafe;
import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;

/**
 * The way into HotSpot's continuation and out of it. In the JDK that Corona was tried on, it calls the two methods that HotSpot
 * replaces by code of its own, and does of {@link Continuation#run()} and {@link Continuation#yield} what is left to do: know the
 * thread's innermost continuation, and pass on the suspension of an outer one. It has no need to exclude other threads, which
 * takes the JDK two atomic writes, since {@link HotSpotEngine} does; and it drops the cache of scoped values, which the JDK keeps
 * for each continuation. In other JDKs, and in virtual threads, it calls those two methods as they are.
 *
 * <p>The caller makes sure that a continuation that is entered is neither mounted nor finished, and stays on its thread.
 */
final class HotSpotSwitch {
    /** The version whose {@code Continuation} is known; another may do more, or other things. */
    private static final int KNOWN_JDK = 25;

    /** Whether the two inner methods are called. */
    static final boolean IS_DIRECT = isDirect();

    private static final JavaLangAccess JAVA_LANG = HotSpotSupport.Memory.JAVA_LANG;

    private HotSpotSwitch() {}

    private static boolean isDirect() {
        if (Runtime.version().feature() != KNOWN_JDK) return false;
        try {
            Direct.initialize();
            return true;
        } catch (LinkageError | InternalError missing) {
            return false;
        }
    }

    /** Runs {@code c} until it suspends itself or one that encloses it, or has ended. */
    static void enter(Continuation c) {
        Thread carrier = JAVA_LANG.currentCarrierThread();
        if (IS_DIRECT && carrier == Thread.currentThread()) Direct.enter(c, carrier);
        else c.run();
    }

    /**
     * Suspends {@code c}, in which the caller runs, perhaps in others that it encloses. Returns when it is resumed.
     *
     * @throws StackOverflowError if HotSpot cannot keep the stack
     */
    static void leave(Continuation c) {
        boolean left =
                IS_DIRECT
                        && JAVA_LANG.getContinuation(JAVA_LANG.currentCarrierThread()) == c
                        && Direct.leave();
        // HotSpot refuses a pinned one again, and then says why
        if (!left) Continuation.yield(c.getScope());
    }

    /** The private part of {@code Continuation}. */
    private static final class Direct {
        private static final Unsafe UNSAFE = HotSpotSupport.Memory.UNSAFE;
        private static final long PARENT = offset("parent");
        private static final long CHILD = offset("child");
        private static final long TAIL = HotSpotSupport.Memory.TAIL;
        private static final long LEAVING = offset("yieldInfo");

        private static final MethodHandle ENTER =
                find(
                        true,
                        "enterSpecial",
                        MethodType.methodType(
                                void.class, Continuation.class, boolean.class, boolean.class));
        private static final MethodHandle LEAVE =
                find(true, "doYield", MethodType.methodType(int.class));
        private static final MethodHandle LEAVE_OUTWARD =
                find(
                        false,
                        "yield0",
                        MethodType.methodType(
                                boolean.class, ContinuationScope.class, Continuation.class));

        private Direct() {}

        /** Throws an error if something of it is missing, as this class is initialized then. */
        static void initialize() {}

        private static long offset(String field) {
            return UNSAFE.objectFieldOffset(Continuation.class, field);
        }

        private static MethodHandle find(boolean isStatic, String name, MethodType type) {
            var lookup = SharedSecrets.getJavaLangInvokeAccess();
            MethodHandle found;
            try {
                found =
                        isStatic
                                ? lookup.findStatic(Continuation.class, name, type)
                                : lookup.findVirtual(Continuation.class, name, type);
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
            if (found == null) throw new NoSuchMethodError(name);
            return found;
        }

        static void enter(Continuation c, Thread thread) {
            Continuation outer = JAVA_LANG.getContinuation(thread);
            while (true) {
                if (outer != null) UNSAFE.putReference(c, PARENT, outer);
                mount(c, outer, thread);
                Object leaving = UNSAFE.getReference(c, LEAVING);
                if (leaving != null) UNSAFE.putReference(c, LEAVING, null);
                if (leaving == null || leaving == c.getScope() || outer == null) break;
                leaveOutward(outer, (ContinuationScope) leaving, c);
            }
            if (outer != null) UNSAFE.putReference(c, PARENT, null);
        }

        private static void mount(Continuation c, @Nullable Continuation outer, Thread thread) {
            dropScopedValueCache();
            JAVA_LANG.setContinuation(thread, c);
            try {
                ENTER.invokeExact(c, UNSAFE.getReference(c, TAIL) != null, false);
            } catch (Throwable thrown) {
                throw dev.corona.kernel.Continuation.<RuntimeException>thrown(thrown);
            } finally {
                UNSAFE.storeFence();
                JAVA_LANG.setContinuation(thread, outer);
                dropScopedValueCache();
                if (c.isDone()) UNSAFE.putReference(c, TAIL, null);
            }
        }

        /** What one side has looked up is not the other's. */
        private static void dropScopedValueCache() {
            if (JAVA_LANG.scopedValueCache() != null) JAVA_LANG.setScopedValueCache(null);
        }

        /** Suspends {@code outer}, which {@code c} has left the stack for; returns when it is resumed. */
        private static void leaveOutward(
                Continuation outer, ContinuationScope scope, Continuation c) {
            UNSAFE.putReference(outer, CHILD, c);
            try {
                boolean ignored = (boolean) LEAVE_OUTWARD.invokeExact(outer, scope, c);
            } catch (Throwable thrown) {
                throw dev.corona.kernel.Continuation.<RuntimeException>thrown(thrown);
            } finally {
                UNSAFE.putReference(outer, CHILD, null);
            }
        }

        /** Suspends the innermost; false at once if it is pinned, true when it is resumed. */
        static boolean leave() {
            int pinned;
            try {
                pinned = (int) LEAVE.invokeExact();
            } catch (Throwable thrown) {
                throw dev.corona.kernel.Continuation.<RuntimeException>thrown(thrown);
            }
            UNSAFE.storeFence();
            return pinned == 0;
        }
    }
}
