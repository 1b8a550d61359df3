package dev.corona.bench.http;

import dev.corona.bench.Child;
import dev.corona.bench.Memory;
import dev.corona.bench.Server;
import dev.corona.bench.Setup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One load of one server, and what the server spent on it.
 *
 * @param cpuSeconds processor time of the server's process
 * @param residentMegabytes the most memory that it had while the load lasted
 * @param wrkCpu the share of one processor that wrk took: near 1, wrk was the limit, not the server
 */
record Load(WrkResult wrk, double cpuSeconds, double residentMegabytes, double wrkCpu) {
    private static final Duration SAMPLE = Duration.ofMillis(50);

    /** Runs wrk on {@code server}, with one thread, for {@code seconds}. */
    static Load run(Setup setup, Server server, HttpCase httpCase, int seconds)
            throws InterruptedException {
        Child process = server.process();
        double before = process.cpuSeconds();
        double resident = 0;
        double wrkCpu = 0;
        try (Child wrk = Child.start(setup, "wrk", Map.of(), command(server, httpCase, seconds))) {
            while (!wrk.waitFor(SAMPLE)) {
                resident = Math.max(resident, Memory.of(process.pid()).resident());
                double spent = wrk.cpuSeconds();
                if (spent > wrkCpu) wrkCpu = spent;
            }
            server.requireAlive();
            wrk.requireSuccess();
            double cpu = process.cpuSeconds() - before;
            return new Load(WrkResult.parse(wrk.output()), cpu, resident, wrkCpu / seconds);
        }
    }

    private static List<String> command(Server server, HttpCase httpCase, int seconds) {
        List<String> command = new ArrayList<>(List.of("wrk", "--latency", "-t1"));
        command.add("-c" + httpCase.connections());
        command.add("-d%ds".formatted(seconds));
        String script = httpCase.sending().script;
        if (script != null) command.addAll(List.of("-s", script));
        command.add(server.url());
        return command;
    }

    double perSecond() {
        return wrk.perSecond();
    }

    double p50Millis() {
        return wrk.p50Millis();
    }

    double p99Millis() {
        return wrk.p99Millis();
    }

    double cpuMicrosPerRequest() {
        return wrk.requests() == 0 ? Double.NaN : cpuSeconds * 1e6 / wrk.requests();
    }
}
