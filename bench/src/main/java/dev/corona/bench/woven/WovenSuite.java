package dev.corona.bench.woven;

import dev.corona.bench.BenchException;
import dev.corona.bench.Child;
import dev.corona.bench.Numbers;
import dev.corona.bench.Report;
import dev.corona.bench.Setup;
import dev.corona.bench.Suite;
import dev.corona.bench.Table;
import dev.corona.bench.Target;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The woven engine beside HotSpot's continuation and a hand-written iterator. */
public final class WovenSuite implements Suite {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final double STEP_NANOS = 10;
    private static final double CYCLE_NANOS = 20;
    private static final double MASS_BYTES = 100;
    private static final double OVERHEAD = 1.05;

    private static final List<String> PROGRAMS =
            List.of(
                    "iterator",
                    "ints",
                    "ints, depth 10",
                    "ints, depth 100",
                    "boxed",
                    "tree walk",
                    "bounce, depth 10",
                    "coexpression",
                    "ring transfer",
                    "computation",
                    "call");

    private final Map<String, List<Double>> results = new HashMap<>();

    @Override
    public void run(Setup setup, Report report) throws InterruptedException {
        int rounds = setup.pick(3, 1);
        for (int round = 0; round < rounds; round++) {
            for (String kind : List.of("woven", "plain")) measure(setup, kind);
        }
        report.title(
                "woven: nanoseconds a step (%d processes each, in turn; medians)"
                        .formatted(rounds));
        Table table = new Table("program", "woven ns", "calls", "HotSpot ns", "HotSpot / woven");
        double call = median("woven call");
        for (String program : PROGRAMS) {
            double woven = median("woven " + program);
            double plain = median("plain " + program);
            table.add(program, woven, woven / call, plain, plain / woven);
        }
        report.table(table);
        judge(setup, report);
    }

    private void judge(Setup setup, Report report) {
        double step = median("woven ints");
        report.target(Target.atMost("woven-step", step, STEP_NANOS, "ns, ints"));
        report.target(
                Target.atMost(
                        "woven-step-depth-100",
                        median("woven ints, depth 100"),
                        STEP_NANOS,
                        "ns, ints at depth 100"));
        report.target(
                Target.atMost(
                        "woven-transfer",
                        median("woven ring transfer"),
                        STEP_NANOS,
                        "ns a transfer of a ring of two"));
        report.target(
                Target.atMost(
                        "woven-overhead",
                        median("woven computation") / median("plain computation"),
                        OVERHEAD,
                        "x plain code that does not suspend"));
        String many = "%,d".formatted(count(setup));
        report.target(
                Target.atMost(
                        "woven-mass-heap",
                        median("woven each.bytes"),
                        MASS_BYTES,
                        "bytes each of " + many));
        report.target(
                Target.atMost(
                        "woven-mass-cycle",
                        median("woven cycle.ns"),
                        CYCLE_NANOS,
                        "ns a resume, in order"));
    }

    private static int count(Setup setup) {
        return setup.pick(1_000_000, 100_000);
    }

    private void measure(Setup setup, String kind) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(Setup.java()));
        command.addAll(Setup.JVM);
        command.addAll(setup.collector());
        command.add("-XX:CompileCommand=quiet");
        command.add("-XX:CompileCommand=dontinline,dev.corona.bench.woven.Bodies::call");
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), WovenMain.class.getName()));
        command.addAll(List.of(kind, setup.pick("30", "3"), Integer.toString(count(setup))));
        command.addAll(PROGRAMS);
        for (String line : Child.output(setup, "woven-" + kind, LIMIT, command).lines().toList()) {
            int sign = line.indexOf('=');
            if (sign < 0) continue;
            results.computeIfAbsent(kind + " " + line.substring(0, sign), k -> new ArrayList<>())
                    .add(Double.valueOf(line.substring(sign + 1)));
        }
    }

    private double median(String key) {
        List<Double> values = results.get(key);
        if (values == null) throw new BenchException("the woven benchmark did not print " + key);
        return Numbers.median(values);
    }
}
