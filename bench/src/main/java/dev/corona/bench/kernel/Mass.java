package dev.corona.bench.kernel;

import dev.corona.bench.BenchException;
import dev.corona.bench.Child;
import dev.corona.bench.Setup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What very many suspended continuations cost, measured in a JVM of their own with the launcher's heap settings.
 *
 * @param values what {@link MassMain} printed
 */
record Mass(Map<String, Double> values) {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** Measures {@code count} continuations of {@code kind}. */
    static Mass run(Setup setup, String kind, int count, int growth, int rounds)
            throws InterruptedException {
        List<String> options =
                kind.equals("threads")
                        ? List.of(
                                "-Djdk.virtualThreadScheduler.parallelism=1",
                                "-Djdk.virtualThreadScheduler.maxPoolSize=1")
                        : List.of();
        List<String> arguments = new ArrayList<>(List.of(kind));
        for (int number : new int[] {count, growth, rounds})
            arguments.add(Integer.toString(number));
        List<String> command = setup.command(options, MassMain.class, arguments);
        return parse(Child.output(setup, "mass-" + kind, LIMIT, command));
    }

    static Mass parse(String output) {
        Map<String, Double> values = new HashMap<>();
        for (String line : output.lines().toList()) {
            int sign = line.indexOf('=');
            if (sign > 0)
                values.put(line.substring(0, sign), Double.valueOf(line.substring(sign + 1)));
        }
        return new Mass(values);
    }

    double value(String key) {
        Double value = values.get(key);
        if (value == null) {
            throw new BenchException(
                    "the mass benchmark did not print %s, but %s".formatted(key, values.keySet()));
        }
        return value;
    }
}
