package dev.corona.bench.async;

import dev.corona.bench.Numbers;

/**
 * What a load did.
 *
 * @param seconds from the first message to the last answer
 * @param clientCpuSeconds processor time of the client's thread
 * @param latencyMillis of each exchange
 */
record EchoResult(int exchanges, double seconds, double clientCpuSeconds, double[] latencyMillis) {
    double perSecond() {
        return exchanges / seconds;
    }

    /** The share of one processor that the client took: near 1, it was the limit. */
    double clientShare() {
        return clientCpuSeconds / seconds;
    }

    double latency(double percent) {
        return Numbers.percentile(percent, latencyMillis);
    }
}
