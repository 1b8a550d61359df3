package dev.corona.bench.storm;

import dev.corona.bench.BenchException;
import dev.corona.bench.Report;
import dev.corona.bench.Server;
import dev.corona.bench.Server.Kind;
import dev.corona.bench.Setup;
import dev.corona.bench.Suite;
import dev.corona.bench.Table;
import dev.corona.bench.Target;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** TCP connections that are opened at a steady rate and closed at once, at a server that has just started. */
public final class StormSuite implements Suite {
    private static final int PER_SECOND = 1000;

    @Override
    public void run(Setup setup, Report report) throws InterruptedException {
        int count = setup.pick(10_000, 1_000);
        report.title(
                "storm: %,d connections, %,d opened a second, each closed at once"
                        .formatted(count, PER_SECOND));
        Table table =
                new Table(
                        "server",
                        "connections/s",
                        "connect p50 ms",
                        "p99 ms",
                        "max ms",
                        "failed",
                        "not accepted",
                        "behind by s",
                        "lines on stderr");
        for (Kind kind : Kind.values()) {
            int errors = run(setup, report, kind, count, table);
            if (kind != Kind.CORONA) continue;
            report.target(
                    Target.atMost("storm-errors", errors, 0, "connections failed or not accepted"));
        }
        report.table(table);
    }

    /** Adds the server's row to the table; returns the number of errors. */
    private static int run(Setup setup, Report report, Kind kind, int count, Table table)
            throws InterruptedException {
        try (Server server = Server.start(setup, kind, "net-echo")) {
            InetSocketAddress address =
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
            try (Witness witness = new Witness(address);
                    Storm storm = new Storm(address, count, PER_SECOND)) {
                StormResult result = storm.run();
                server.requireAlive();
                long end = System.nanoTime();
                int missing = result.connected() - witness.accepted(result.connected());
                double behindSeconds = (System.nanoTime() - end) / 1e9;
                requireEcho(server, witness);
                long stderrLines = server.process().errors().lines().count();
                result.errors()
                        .forEach(
                                (error, n) ->
                                        report.note(
                                                "%s: %d x %s".formatted(kind.word(), n, error)));
                addRow(table, kind, result, missing, behindSeconds, stderrLines);
                return result.failed() + Math.abs(missing);
            } catch (IOException e) {
                throw server.process()
                        .failure("broke the connection that watched the storm (%s)".formatted(e));
            }
        }
    }

    /** The server still answers, on a connection older than the storm. */
    private static void requireEcho(Server server, Witness witness) throws IOException {
        String answer = witness.ask("still there?");
        if (answer.equals("still there?")) return;
        throw new BenchException(
                "%s net-echo answered wrongly after the storm: %s"
                        .formatted(server.name(), answer));
    }

    private static void addRow(
            Table table,
            Kind kind,
            StormResult result,
            int missing,
            double behindSeconds,
            long stderrLines) {
        table.add(
                kind.word(),
                result.perSecond(),
                result.latency(50),
                result.latency(99),
                result.latency(100),
                result.failed(),
                missing,
                behindSeconds,
                stderrLines);
    }
}
