package dev.corona.bench.http;

import dev.corona.bench.BenchException;
import dev.corona.bench.Child;
import dev.corona.bench.Numbers;
import dev.corona.bench.Report;
import dev.corona.bench.Server.Kind;
import dev.corona.bench.Setup;
import dev.corona.bench.Table;
import dev.corona.bench.Target;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How long a script of one line takes from its start to its end, in turn with Node. */
final class StartUp {
    private static final double LIMIT_SECONDS = 1.0;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private StartUp() {}

    static void run(Setup setup, Report report) throws InterruptedException {
        int runs = setup.pick(9, 3);
        report.title("http: a script of one line, seconds (%d runs each, in turn)".formatted(runs));
        Map<Kind, List<Double>> seconds = new EnumMap<>(Kind.class);
        for (int run = 0; run < runs; run++) {
            for (Kind kind : Kind.values()) {
                seconds.computeIfAbsent(kind, k -> new ArrayList<>()).add(once(setup, kind));
            }
        }
        Table table = new Table("runtime", "min", "median", "max");
        seconds.forEach((kind, values) -> addRow(table, kind, Numbers.toArray(values)));
        report.table(table);
        double median =
                Numbers.median(Numbers.toArray(seconds.getOrDefault(Kind.CORONA, List.of())));
        report.target(
                Target.atMost("http-start", median, LIMIT_SECONDS, "s for a script of one line"));
    }

    private static void addRow(Table table, Kind kind, double[] values) {
        table.add(
                kind.word(),
                Numbers.percentile(0, values),
                Numbers.median(values),
                Numbers.percentile(100, values));
    }

    private static double once(Setup setup, Kind kind) throws InterruptedException {
        List<String> command = List.of(kind.command(setup), "-e", "console.log(1)");
        long start = System.nanoTime();
        String printed = Child.output(setup, "start-" + kind.word(), PATIENCE, command);
        double seconds = (System.nanoTime() - start) / 1e9;
        if (printed.equals("1\n")) return seconds;
        throw new BenchException(
                "%s -e 'console.log(1)' printed %s".formatted(kind.word(), printed.strip()));
    }
}
