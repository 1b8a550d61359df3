package dev.corona.lua.runtime;

import java.lang.management.ManagementFactory;

/** How much the current thread has allocated so far, as the JVM counts it. */
final class Allocation {
    private static final com.sun.management.ThreadMXBean BEAN = bean();

    private Allocation() {}

    private static com.sun.management.ThreadMXBean bean() {
        return (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    }

    /** In bytes; -1 where the JVM does not count, as for virtual threads. */
    static long ofThisThread() {
        return BEAN.getCurrentThreadAllocatedBytes();
    }
}
