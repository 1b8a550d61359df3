package dev.corona.io;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Settings of an {@link IoLoop}.
 *
 * @param nativeTransport whether to use the operating system's own event interface where Netty has it
 * @param reportInterval the least time between two reports of the same trouble
 * @param reports told, on the loop's thread, of trouble that no call can throw, such as running out of file descriptors
 * @param lingerTimeout how long what was written before a close may take to reach the peer
 */
public record IoOptions(
        boolean nativeTransport,
        Duration reportInterval,
        Consumer<String> reports,
        Duration lingerTimeout) {
    private static final IoOptions DEFAULTS =
            new IoOptions(true, Duration.ofSeconds(5), System.err::println, Duration.ofSeconds(30));

    /** Native transport; reports to standard error, at most one in 5 s; 30 s to linger. */
    public static IoOptions defaults() {
        return DEFAULTS;
    }

    public IoOptions withNativeTransport(boolean wanted) {
        return new IoOptions(wanted, reportInterval, reports, lingerTimeout);
    }

    public IoOptions withReports(Consumer<String> sink) {
        return new IoOptions(nativeTransport, reportInterval, sink, lingerTimeout);
    }

    public IoOptions withReportInterval(Duration interval) {
        return new IoOptions(nativeTransport, interval, reports, lingerTimeout);
    }

    public IoOptions withLingerTimeout(Duration timeout) {
        return new IoOptions(nativeTransport, reportInterval, reports, timeout);
    }
}
