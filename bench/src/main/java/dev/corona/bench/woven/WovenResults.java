package dev.corona.bench.woven;

import dev.corona.bench.BenchException;
import dev.corona.bench.Child;
import dev.corona.bench.Numbers;
import dev.corona.bench.Setup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the processes of a run printed, by who was measured, in the order of the rounds. */
final class WovenResults {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Map<String, Map<String, List<Double>>> values = new HashMap<>();

    /** Measures one in a process of its own. */
    void measure(Setup setup, String who, int massCount) throws InterruptedException {
        List<String> options = new ArrayList<>(List.of("-XX:CompileCommand=quiet"));
        options.add("-XX:CompileCommand=dontinline," + Call.class.getName() + "::call");
        if (who.equals(Peer.THREADS.name())) {
            options.add("-Djdk.virtualThreadScheduler.parallelism=1");
            options.add("-Djdk.virtualThreadScheduler.maxPoolSize=1");
        }
        List<String> arguments = List.of(who, setup.pick("20", "3"), Integer.toString(massCount));
        List<String> command = setup.command(options, WovenMain.class, arguments);
        add(who, Child.output(setup, "woven-" + who, LIMIT, command));
    }

    /** Takes in what a process printed. */
    void add(String who, String output) {
        Map<String, List<Double>> own = values.computeIfAbsent(who, k -> new HashMap<>());
        for (String line : output.lines().toList()) {
            int sign = line.indexOf('=');
            if (sign < 0) continue;
            own.computeIfAbsent(line.substring(0, sign), k -> new ArrayList<>())
                    .add(Double.valueOf(line.substring(sign + 1)));
        }
    }

    /** The median of the rounds; NaN if it was not measured. */
    double median(String who, String key) {
        return Numbers.median(rounds(who, key));
    }

    /** The median of {@code who}'s rounds, where it has to be there. */
    double requireMedian(String who, String key) {
        double found = median(who, key);
        if (Double.isNaN(found)) {
            throw new BenchException("the process %s did not print %s".formatted(who, key));
        }
        return found;
    }

    /** The median of the ratios of the rounds; NaN if one of the two was not measured. */
    double ratio(String who, String key, String peer, String peersKey) {
        double[] own = Numbers.toArray(rounds(who, key));
        double[] others = Numbers.toArray(rounds(peer, peersKey));
        if (own.length != others.length) return Double.NaN;
        return Numbers.medianRatio(own, others);
    }

    private List<Double> rounds(String who, String key) {
        return values.getOrDefault(who, Map.of()).getOrDefault(key, List.of());
    }
}
