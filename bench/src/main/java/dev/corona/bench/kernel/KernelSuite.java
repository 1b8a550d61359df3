package dev.corona.bench.kernel;

import dev.corona.bench.Report;
import dev.corona.bench.Setup;
import dev.corona.bench.Suite;
import dev.corona.bench.Table;
import dev.corona.bench.Target;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a switch costs: hot, at several depths, in a crowd of a million; in nanoseconds, bytes and method calls. */
public final class KernelSuite implements Suite {
    private static final double SWITCH_NANOS = 160;
    private static final double DEPTH_RATIO = 1.3;
    private static final double MASS_NANOS = 250;
    private static final double MASS_MEGABYTES = 512;

    private static final List<String> DEPTHS = List.of("0", "1", "10", "100");

    @Override
    public void run(Setup setup, Report report) throws InterruptedException {
        report.title("kernel: one operation, hot (JMH, average; launcher's heap settings)");
        JmhRounds hot = JmhRounds.run(setup);
        report.table(hotTable(hot));
        judgeHot(hot, report);
        mass(setup, report);
    }

    private static Table hotTable(JmhRounds hot) {
        double call = hot.median("CallBenchmark.call");
        Table table =
                new Table(
                        "operation",
                        "corona ns",
                        "rounds",
                        "calls",
                        "raw HotSpot ns",
                        "threads engine ns");
        for (String depth : DEPTHS) {
            addRow(
                    table,
                    "yield + resume, depth " + depth,
                    hot,
                    "SwitchBenchmark.corona " + depth,
                    hot.median("SwitchBenchmark.raw " + depth),
                    depth.equals("0") ? hot.median("ThreadsBenchmark.yieldAndResume") : Double.NaN);
        }
        addRow(
                table,
                "create + run + finish",
                hot,
                "CreateBenchmark.corona",
                hot.median("CreateBenchmark.raw"),
                hot.median("ThreadsBenchmark.create"));
        for (String flow : List.of("generatorNext", "coexpressionCall", "ringTransfer")) {
            addRow(table, words(flow), hot, "FlowBenchmark." + flow, Double.NaN, Double.NaN);
        }
        table.add(
                "method call", call, hot.range("CallBenchmark.call"), 1.0, Double.NaN, Double.NaN);
        return table;
    }

    private static void addRow(
            Table table, String name, JmhRounds hot, String key, double raw, double threads) {
        double corona = hot.median(key);
        double calls = corona / hot.median("CallBenchmark.call");
        table.add(name, corona, hot.range(key), calls, raw, threads);
    }

    /** {@code generatorNext} as {@code generator next}. */
    private static String words(String method) {
        return method.replaceAll("([A-Z])", " $1").toLowerCase(java.util.Locale.ROOT);
    }

    private static void judgeHot(JmhRounds hot, Report report) {
        double shallow = hot.median("SwitchBenchmark.corona 0");
        double ratio = hot.ratio("SwitchBenchmark.corona 100", "SwitchBenchmark.corona 0");
        report.target(Target.atMost("kernel-switch", shallow, SWITCH_NANOS, "ns at depth 0"));
        report.target(Target.atMost("kernel-flat", ratio, DEPTH_RATIO, "x depth 0, at depth 100"));
    }

    private static void mass(Setup setup, Report report) throws InterruptedException {
        int count = setup.pick(1_000_000, 100_000);
        int rounds = setup.pick(20, 5);
        int growth = setup.pick(6, 3);
        report.title(
                "kernel: %,d suspended, resumed in order (%d rounds of growth, then %d; %s)"
                        .formatted(count, growth, rounds, String.join(" ", setup.collector())));
        Map<String, Mass> kinds = new LinkedHashMap<>();
        for (String kind : List.of("hotspot", "raw", "threads")) {
            kinds.put(kind, Mass.run(setup, kind, count, growth, rounds));
        }
        report.table(massTable(kinds));
        Mass corona = kinds.values().iterator().next();
        report.target(
                Target.atMost(
                        "kernel-mass-heap",
                        corona.value("used.mb"),
                        MASS_MEGABYTES,
                        "MB of heap in use"));
        report.target(
                Target.atMost(
                        "kernel-mass-cycle",
                        corona.value("median.ns"),
                        MASS_NANOS,
                        "ns a resume, median round"));
    }

    private static Table massTable(Map<String, Mass> kinds) {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("median.ns", "ns a resume");
        columns.put("worst.ns", "worst round");
        columns.put("growth.ns", "while growing");
        columns.put("each.bytes", "bytes each");
        columns.put("used.mb", "heap used MB");
        columns.put("committed.mb", "committed MB");
        columns.put("resident.mb", "peak RSS MB");
        List<String> header = new ArrayList<>(List.of("engine"));
        header.addAll(columns.values());
        Table table = new Table(header.toArray(String[]::new));
        kinds.forEach(
                (kind, mass) ->
                        table.add(kind, columns.keySet().stream().map(mass::value).toArray()));
        return table;
    }
}
