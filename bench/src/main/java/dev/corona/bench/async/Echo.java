package dev.corona.bench.async;

import dev.corona.bench.Numbers;
import dev.corona.bench.Report;
import dev.corona.bench.Setup;
import dev.corona.bench.Table;
import dev.corona.bench.Target;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The third part of the suite: echo servers of all styles, up at the same time and loaded in turn. In each round the turn begins
 * with another, and a ratio is the median of the rounds' ratios, since a slow phase of the machine slows all of a round. After
 * some rounds new processes take over: what HotSpot makes of the same server differs between them by as much as is judged.
 */
final class Echo {
    private static final double COROUTINES_TO_CALLBACKS = 0.95;
    private static final double BUSY_CLIENT = 0.9;

    private final Setup setup;
    private final Report report;
    private final int exchanges;
    private final int rounds;
    private final int processes;

    /** By the number of connections; of each style as many as of the others, in the order in which they ran. */
    private final Map<Integer, Map<Style, List<EchoRound>>> results = new LinkedHashMap<>();

    private Echo(Setup setup, Report report) {
        this.setup = setup;
        this.report = report;
        exchanges = setup.pick(100_000, 10_000);
        rounds = setup.pick(5, 1);
        processes = setup.pick(3, 1);
        for (int connections : setup.pick(new int[] {128, 512, 1024}, new int[] {128, 1024}))
            results.put(connections, new EnumMap<>(Style.class));
    }

    static void run(Setup setup, Report report) throws InterruptedException {
        Echo echo = new Echo(setup, report);
        for (int i = 0; i < echo.processes; i++) echo.runProcesses();
        echo.results.forEach(echo::report);
    }

    /** One process of each style. */
    private void runProcesses() throws InterruptedException {
        List<EchoServer> servers = new ArrayList<>();
        try {
            for (Style style : Style.values()) servers.add(EchoServer.start(setup, style));
            warmUp(servers);
            results.forEach((connections, all) -> load(servers, connections, all));
        } finally {
            servers.forEach(EchoServer::close);
        }
    }

    private void warmUp(List<EchoServer> servers) {
        int turns = setup.pick(8, 1);
        for (int turn = 0; turn < turns; turn++) {
            for (EchoServer server : servers) EchoRound.run(server, 256, exchanges);
        }
    }

    private void load(List<EchoServer> servers, int connections, Map<Style, List<EchoRound>> into) {
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < servers.size(); i++) {
                EchoServer server = servers.get((round + i) % servers.size());
                into.computeIfAbsent(server.style(), style -> new ArrayList<>())
                        .add(EchoRound.run(server, connections, exchanges));
            }
        }
    }

    private void report(int connections, Map<Style, List<EchoRound>> all) {
        report.title(
                "async: echo of %d bytes, %d connections, %,d exchanges a round, %d rounds in turn by each of %d processes"
                        .formatted(
                                EchoLoad.MESSAGE_BYTES, connections, exchanges, rounds, processes));
        report.table(table(all));
        noteBusyClient(all);
        judge(connections, all);
    }

    private static Table table(Map<Style, List<EchoRound>> results) {
        Table table =
                new Table(
                        "server",
                        "exchanges/s",
                        "/ callbacks",
                        "CPU us/exchange",
                        "/ callbacks",
                        "p50 ms",
                        "p99 ms",
                        "RSS MB",
                        "client CPU %");
        results.forEach(
                (style, all) ->
                        table.add(
                                style.title(),
                                median(all, EchoRound::perSecond),
                                ratio(results, style, EchoRound::perSecond),
                                median(all, EchoRound::cpuMicros),
                                ratio(results, style, EchoRound::cpuMicros),
                                median(all, EchoRound::p50Millis),
                                median(all, EchoRound::p99Millis),
                                median(all, EchoRound::residentMegabytes),
                                Math.rint(100 * median(all, EchoRound::clientShare))));
        return table;
    }

    private void noteBusyClient(Map<Style, List<EchoRound>> results) {
        results.forEach(
                (style, all) -> {
                    if (median(all, EchoRound::clientShare) > BUSY_CLIENT)
                        report.note(
                                "note: the client was the limit of %s, which could do more"
                                        .formatted(style.title()));
                });
    }

    private void judge(int connections, Map<Style, List<EchoRound>> results) {
        double ratio = ratio(results, Style.COROUTINES, EchoRound::perSecond);
        report.target(
                Target.atLeast(
                        "async-echo-" + connections,
                        ratio,
                        COROUTINES_TO_CALLBACKS,
                        "x the exchanges of callbacks"));
    }

    private static double median(List<EchoRound> rounds, ToDoubleFunction<EchoRound> value) {
        return Numbers.median(values(rounds, value));
    }

    private static double ratio(
            Map<Style, List<EchoRound>> results, Style style, ToDoubleFunction<EchoRound> value) {
        return Numbers.medianRatio(
                values(results.getOrDefault(style, List.of()), value),
                values(results.getOrDefault(Style.CALLBACKS, List.of()), value));
    }

    private static double[] values(List<EchoRound> rounds, ToDoubleFunction<EchoRound> value) {
        return rounds.stream().mapToDouble(value).toArray();
    }
}
