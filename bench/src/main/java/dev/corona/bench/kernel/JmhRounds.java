package dev.corona.bench.kernel;

import dev.corona.bench.BenchException;
import dev.corona.bench.Numbers;
import dev.corona.bench.Setup;
import dev.corona.bench.Target;

import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The results of this package's JMH benchmarks, in nanoseconds for one operation. All of them run once in each of several
 * rounds, each time in a new JVM, so that a change in the machine's speed meets peers alike; medians of the rounds count.
 */
final class JmhRounds {
    /** How one benchmark is run in one round. */
    private record Plan(int rounds, int iterations, TimeValue time) {}

    private static final Plan FULL = new Plan(7, 4, TimeValue.milliseconds(300));
    private static final Plan QUICK = new Plan(1, 2, TimeValue.milliseconds(300));

    private final Map<String, List<Double>> nanos = new TreeMap<>();

    /** Runs them; JMH's own output goes to a log. */
    static JmhRounds run(Setup setup) {
        Plan plan = setup.pick(FULL, QUICK);
        JmhRounds results = new JmhRounds();
        for (int round = 1; round <= plan.rounds; round++) {
            String log = setup.logs().resolve("jmh-%d.txt".formatted(round)).toString();
            results.addAll(runOnce(setup, plan, log), log);
        }
        return results;
    }

    private static List<RunResult> runOnce(Setup setup, Plan plan, String log) {
        List<String> jvm = new ArrayList<>(Setup.JVM);
        jvm.addAll(setup.collector());
        Options options =
                new OptionsBuilder()
                        .include(JmhRounds.class.getPackageName().replace(".", "\\.") + "\\.")
                        .mode(Mode.AverageTime)
                        .timeUnit(TimeUnit.NANOSECONDS)
                        .forks(1)
                        .jvmArgs(jvm.toArray(String[]::new))
                        .warmupIterations(plan.iterations)
                        .warmupTime(plan.time)
                        .measurementIterations(plan.iterations)
                        .measurementTime(plan.time)
                        .shouldFailOnError(true)
                        .output(log)
                        .build();
        try {
            return List.copyOf(new Runner(options).run());
        } catch (RunnerException e) {
            throw new BenchException("JMH failed (%s); its log is %s".formatted(e, log), e);
        }
    }

    private void addAll(List<RunResult> results, String log) {
        if (results.isEmpty()) throw new BenchException("JMH ran nothing; its log is " + log);
        for (RunResult result : results) {
            nanos.computeIfAbsent(keyOf(result), key -> new ArrayList<>())
                    .add(result.getPrimaryResult().getScore());
        }
    }

    /** Class and method, and the depth where there is one: {@code SwitchBenchmark.corona 10}. */
    private static String keyOf(RunResult result) {
        String[] path = result.getParams().getBenchmark().split("\\.");
        String key = path[path.length - 2] + "." + path[path.length - 1];
        String depth = result.getParams().getParam("depth");
        return depth == null ? key : key + " " + depth;
    }

    double median(String key) {
        return Numbers.median(ofKey(key));
    }

    /** The median of the rounds' ratios of two benchmarks. */
    double ratio(String key, String other) {
        return Numbers.medianRatio(Numbers.toArray(ofKey(key)), Numbers.toArray(ofKey(other)));
    }

    /** The lowest and the highest round. */
    String range(String key) {
        double[] values = Numbers.toArray(ofKey(key));
        double lowest = Numbers.percentile(0, values);
        double highest = Numbers.percentile(100, values);
        return Target.number(lowest) + "-" + Target.number(highest);
    }

    private List<Double> ofKey(String key) {
        List<Double> values = nanos.get(key);
        if (values == null) {
            throw new AssertionError("no benchmark %s among %s".formatted(key, nanos.keySet()));
        }
        return values;
    }
}
