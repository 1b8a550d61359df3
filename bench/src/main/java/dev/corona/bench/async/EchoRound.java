package dev.corona.bench.async;

import dev.corona.bench.Memory;

import java.io.IOException;

/**
 * One load of one server.
 *
 * @param cpuMicros processor time of the server's process for one exchange
 * @param residentMegabytes what the server had at its end
 */
record EchoRound(
        double perSecond,
        double p50Millis,
        double p99Millis,
        double clientShare,
        double cpuMicros,
        double residentMegabytes) {
    /** Loads {@code server} with {@code exchanges}, spread over {@code connections}. */
    static EchoRound run(EchoServer server, int connections, int exchanges) {
        try (EchoLoad load = new EchoLoad(server.address(), connections)) {
            double before = server.process().cpuSeconds();
            EchoResult result = load.run(Math.max(1, exchanges / connections));
            double cpuSeconds = server.process().cpuSeconds() - before;
            server.requireAlive();
            return new EchoRound(
                    result.perSecond(),
                    result.latency(50),
                    result.latency(99),
                    result.clientShare(),
                    cpuSeconds * 1e6 / result.exchanges(),
                    Memory.of(server.process().pid()).resident());
        } catch (IOException e) {
            throw server.process().failure("broke a connection (%s)".formatted(e));
        }
    }
}
