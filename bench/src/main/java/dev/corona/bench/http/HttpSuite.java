package dev.corona.bench.http;

import dev.corona.bench.Report;
import dev.corona.bench.Server;
import dev.corona.bench.Server.Kind;
import dev.corona.bench.Setup;
import dev.corona.bench.Suite;
import dev.corona.bench.Table;
import dev.corona.bench.Target;
import dev.corona.bench.http.HttpCase.Sending;

import java.util.ArrayList;
import java.util.List;

/** HTTP servers under wrk's load, Corona's and Node's in turn, and one of bare Netty; and what starting and memory cost. */
public final class HttpSuite implements Suite {
    private static final double HELLO_MEGABYTES = 250;

    /** From this share of a processor on, wrk may be what limits a load. */
    private static final double WRK_BUSY = 0.9;

    private static final HttpCase HELLO =
            new HttpCase("hello", "hello", "hello, world", 64, Sending.GET, 3);
    private static final List<HttpCase> CASES =
            List.of(
                    HELLO,
                    new HttpCase(
                            "hello-pipelined",
                            "hello",
                            "hello, world, 16 requests at once",
                            64,
                            Sending.PIPELINED,
                            3),
                    new HttpCase(
                            "json-echo",
                            "json-echo",
                            "1 KB of JSON, parsed and written again",
                            64,
                            Sending.POST,
                            1.3),
                    new HttpCase(
                            "sleep", "sleep", "a handler that waits 10 ms", 1000, Sending.GET, 2));

    @Override
    public void run(Setup setup, Report report) throws InterruptedException {
        StartUp.run(setup, report);
        for (HttpCase httpCase : CASES) run(setup, report, httpCase);
    }

    private static void run(Setup setup, Report report, HttpCase httpCase)
            throws InterruptedException {
        int rounds = setup.pick(5, 2);
        int seconds = setup.pick(8, 2);
        int warmUp = setup.pick(20, 3);
        report.title(
                "http: %s, %d connections kept open (%d s of warm-up each, then %d rounds of %d s, in turn)"
                        .formatted(
                                httpCase.title(), httpCase.connections(), warmUp, rounds, seconds));
        try (Server corona = Server.start(setup, Kind.CORONA, httpCase.script());
                Server node = Server.start(setup, Kind.NODE, httpCase.script());
                Server bare = httpCase.isHello() ? startBare(setup, httpCase) : null) {
            List<Series> all = new ArrayList<>(List.of(new Series(corona), new Series(node)));
            if (bare != null) all.add(new Series(bare));
            for (Series series : all) {
                httpCase.check(setup, series.server());
                series.addWarmUp(Load.run(setup, series.server(), httpCase, warmUp));
            }
            for (int round = 0; round < rounds; round++) {
                for (Series series : all) {
                    series.add(Load.run(setup, series.server(), httpCase, seconds));
                }
            }
            report.table(table(all));
            for (Series series : all) noteLimit(report, series);
            judge(report, httpCase, all.get(0), all.get(1));
        }
    }

    /** The floor, which is not judged. */
    private static Server startBare(Setup setup, HttpCase httpCase) throws InterruptedException {
        List<String> options = List.of("--enable-native-access=ALL-UNNAMED");
        List<String> command = setup.command(options, BareServer.class, List.of());
        return Server.start(setup, "netty", httpCase.script(), command);
    }

    /** The first of them is Corona's. */
    private static Table table(List<Series> all) {
        Table table =
                new Table(
                        "server",
                        "requests/s",
                        "p50 ms",
                        "p99 ms",
                        "CPU s",
                        "CPU us/request",
                        "RSS MB",
                        "peak MB",
                        "wrk CPU %",
                        "errors");
        for (Series series : all) {
            int round = 1;
            for (Load load : series.loads()) addRound(table, series, round++, load);
        }
        for (Series series : all) addMedian(table, series);
        Series corona = all.getFirst();
        for (Series peer : all) if (peer != corona) addRatio(table, corona, peer);
        return table;
    }

    private static void noteLimit(Report report, Series series) {
        double wrk = series.loads().stream().mapToDouble(Load::wrkCpu).max().orElse(0);
        if (wrk < WRK_BUSY) return;
        report.note(
                "note: wrk took up to %.0f %% of a processor: it held %s back"
                        .formatted(wrk * 100, series.server().name()));
    }

    private static void addRound(Table table, Series series, int round, Load load) {
        table.add(
                "%s, round %d".formatted(series.server().name(), round),
                load.perSecond(),
                load.p50Millis(),
                load.p99Millis(),
                load.cpuSeconds(),
                load.cpuMicrosPerRequest(),
                load.residentMegabytes(),
                "",
                load.wrkCpu() * 100,
                load.wrk().errors());
    }

    private static void addMedian(Table table, Series series) {
        table.add(
                series.server().name() + ", median",
                series.median(Load::perSecond),
                series.median(Load::p50Millis),
                series.median(Load::p99Millis),
                series.median(Load::cpuSeconds),
                series.median(Load::cpuMicrosPerRequest),
                series.resident(),
                series.peak(),
                series.median(Load::wrkCpu) * 100,
                series.errors());
    }

    private static void addRatio(Table table, Series corona, Series peer) {
        table.add(
                "corona / " + peer.server().name(),
                corona.ratio(peer, Load::perSecond),
                corona.ratio(peer, Load::p50Millis),
                corona.ratio(peer, Load::p99Millis),
                corona.ratio(peer, Load::cpuSeconds),
                corona.ratio(peer, Load::cpuMicrosPerRequest),
                corona.resident() / peer.resident(),
                corona.peak() / peer.peak(),
                "",
                "");
    }

    private static void judge(Report report, HttpCase httpCase, Series corona, Series node) {
        String name = "http-" + httpCase.name();
        double ratio = corona.ratio(node, Load::perSecond);
        report.target(Target.atLeast(name, ratio, httpCase.ratio(), "x node's requests/s"));
        if (httpCase == HELLO) {
            report.target(
                    Target.atMost(
                            name + "-p99", corona.ratio(node, Load::p99Millis), 1, "x node's p99"));
            report.target(
                    Target.atMost(
                            name + "-memory",
                            corona.resident(),
                            HELLO_MEGABYTES,
                            "MB resident under load"));
        }
        report.target(Target.atMost(name + "-errors", corona.errors(), 0, "requests that failed"));
    }
}
