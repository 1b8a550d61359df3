package dev.corona.bench.http;

import dev.corona.bench.BenchException;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What wrk said about one load.
 *
 * @param requests how many were answered
 * @param perSecond how many of them in a second
 * @param p50Millis the latency that half of them kept to; NaN if none was answered
 * @param p99Millis the latency that 99 % of them kept to; NaN if none was answered
 * @param errors connections and requests that failed or timed out, and answers other than 2xx and 3xx
 */
record WrkResult(long requests, double perSecond, double p50Millis, double p99Millis, long errors) {
    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in ");
    private static final Pattern PER_SECOND = Pattern.compile("Requests/sec:\\s+([\\d.]+)");
    private static final Pattern P50 = Pattern.compile("50%\\s+([\\d.]+)(us|ms|s|m|h)\\b");
    private static final Pattern P99 = Pattern.compile("99%\\s+([\\d.]+)(us|ms|s|m|h)\\b");
    private static final Pattern SOCKETS =
            Pattern.compile(
                    "Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");
    private static final Pattern STATUS = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");

    /** Reads what {@code wrk --latency} prints. */
    static WrkResult parse(String output) {
        long requests = Long.parseLong(require(REQUESTS, output).group(1));
        return new WrkResult(
                requests,
                Double.parseDouble(require(PER_SECOND, output).group(1)),
                requests == 0 ? Double.NaN : millis(require(P50, output)),
                requests == 0 ? Double.NaN : millis(require(P99, output)),
                sum(SOCKETS, output) + sum(STATUS, output));
    }

    private static Matcher require(Pattern pattern, String output) {
        Matcher found = pattern.matcher(output);
        if (!found.find()) {
            throw new BenchException(
                    "wrk's output has no %s:%n%s".formatted(pattern.pattern(), output.strip()));
        }
        return found;
    }

    private static double millis(Matcher latency) {
        double number = Double.parseDouble(latency.group(1));
        return switch (latency.group(2)) {
            case "us" -> number / 1e3;
            case "ms" -> number;
            case "s" -> number * 1e3;
            case "m" -> number * 60e3;
            default -> number * 3600e3;
        };
    }

    /** The sum of the numbers in the line, which wrk prints only if one is not 0. */
    private static long sum(Pattern line, String output) {
        Matcher found = line.matcher(output);
        if (!found.find()) return 0;
        long sum = 0;
        for (int i = 1; i <= found.groupCount(); i++) sum += Long.parseLong(found.group(i));
        return sum;
    }
}
