package dev.corona.bench.storm;

import dev.corona.bench.Numbers;

import java.util.Map;

/**
 * What became of a storm's connections.
 *
 * @param connected how many were established
 * @param errors how many were not, by the reason
 * @param seconds from the first attempt to the end of the last
 * @param latencyMillis of each established one, from the attempt to the connection
 */
record StormResult(
        int connected, Map<String, Integer> errors, double seconds, double[] latencyMillis) {
    int failed() {
        return errors.values().stream().mapToInt(Integer::intValue).sum();
    }

    double perSecond() {
        return connected / seconds;
    }

    double latency(double percent) {
        return Numbers.percentile(percent, latencyMillis);
    }
}
