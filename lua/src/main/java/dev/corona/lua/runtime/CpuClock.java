package dev.corona.lua.runtime;

import com.sun.management.OperatingSystemMXBean;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * The CPU time of this process, finer than the JVM tells it, which is in steps of 10 ms on Linux: the calling thread's, which is exact, and
 * what the process had besides at the most. For any threads; in steps again for virtual ones, and where they take turns.
 */
final class CpuClock {
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();

    /** The id of the thread that looked last, and what other threads had had by then; virtual ones leave them alone. */
    private static long looker;

    private static long others;
    private static long last;

    private CpuClock() {}

    /** In nanoseconds; never less than before. */
    static synchronized long nanos() {
        Thread current = Thread.currentThread();
        long process = PROCESS.getProcessCpuTime();
        last = Math.max(last, isExact(current) ? refined(current, process) : process);
        return last;
    }

    private static boolean isExact(Thread current) {
        return !current.isVirtual() && THREAD.isCurrentThreadCpuTimeSupported();
    }

    private static long refined(Thread current, long process) {
        long own = THREAD.getCurrentThreadCpuTime();
        long rest = process - own;
        others = current.threadId() == looker ? Math.max(others, rest) : rest;
        looker = current.threadId();
        return own + others;
    }
}
