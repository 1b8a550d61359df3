package dev.corona.bench.async;

import dev.corona.bench.Child;
import dev.corona.bench.Report;
import dev.corona.bench.Setup;
import dev.corona.bench.Table;
import dev.corona.bench.Target;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The first part of the suite: single operations, hot. */
final class Hot {
    private static final double AWAIT_NANOS = 20;
    private static final double SPAWN_NANOS = 1_000;
    private static final double HOP_NANOS = 300;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Map<Peer, Figures> figures = new EnumMap<>(Peer.class);

    private Hot() {
        for (Peer peer : Peer.values()) figures.put(peer, new Figures());
    }

    static void run(Setup setup, Report report) throws InterruptedException {
        int rounds = setup.pick(3, 1);
        Hot hot = new Hot();
        for (int round = 0; round < rounds; round++) {
            for (Peer peer : Peer.values()) hot.measure(setup, peer);
        }
        report.title(
                "async: one operation, hot, nanoseconds (%d processes each, in turn; medians)"
                        .formatted(rounds));
        report.table(hot.table());
        hot.judge(report);
    }

    private void measure(Setup setup, Peer peer) throws InterruptedException {
        List<String> arguments = List.of(peer.name(), setup.pick("200", "10"));
        List<String> command = setup.command(peer.options(), HotMain.class, arguments);
        figures(peer).addAll(Child.output(setup, "async-" + peer.name(), LIMIT, command));
    }

    private Figures figures(Peer peer) {
        Figures known = figures.get(peer);
        if (known == null) throw new AssertionError("no figures of " + peer);
        return known;
    }

    private Table table() {
        List<String> header = new ArrayList<>(List.of("operation"));
        for (Peer peer : Peer.values()) header.add(peer.title());
        header.add("bytes");
        header.add("threads / Corona");
        Table table = new Table(header.toArray(String[]::new));
        for (Operation each : Operation.values()) table.add(each.title(), row(each));
        return table;
    }

    private Object[] row(Operation operation) {
        List<Object> cells = new ArrayList<>();
        for (Peer peer : Peer.values()) cells.add(nanos(peer, operation));
        cells.add(bytes(operation));
        cells.add(nanos(Peer.VIRTUAL_THREADS, operation) / nanos(Peer.CORONA, operation));
        return cells.toArray();
    }

    private double nanos(Peer peer, Operation operation) {
        return figures(peer).requireMedian(operation.key(HotMain.NANOS));
    }

    private double bytes(Operation operation) {
        return figures(Peer.CORONA).requireMedian(operation.key(HotMain.BYTES));
    }

    private void judge(Report report) {
        judge(report, "async-await", nanos(Operation.AWAIT_FUTURE), AWAIT_NANOS, "ns");
        // what a run allocates is shared by its steps
        double bytes = Math.floor(bytes(Operation.AWAIT_FUTURE));
        judge(report, "async-await-bytes", bytes, 0, "bytes allocated");
        judge(report, "async-spawn", nanos(Operation.SPAWN), SPAWN_NANOS, "ns");
        double hop = Math.max(nanos(Operation.RENDEZVOUS), nanos(Operation.PING_PONG));
        judge(report, "async-hop", hop, HOP_NANOS, "ns, nothing buffered");
    }

    private double nanos(Operation operation) {
        return nanos(Peer.CORONA, operation);
    }

    private static void judge(Report report, String name, double value, double limit, String unit) {
        report.target(Target.atMost(name, value, limit, unit));
    }
}
