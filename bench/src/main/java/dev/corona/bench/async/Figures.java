package dev.corona.bench.async;

import dev.corona.bench.BenchException;
import dev.corona.bench.Numbers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What processes printed, a {@code key=value} a line; those of one key are its rounds. */
final class Figures {
    private final Map<String, List<Double>> rounds = new HashMap<>();

    void addAll(String output) {
        for (String line : output.lines().toList()) {
            int sign = line.indexOf('=');
            if (sign < 0) continue;
            rounds.computeIfAbsent(line.substring(0, sign), key -> new ArrayList<>())
                    .add(Double.valueOf(line.substring(sign + 1)));
        }
    }

    /** The median of the rounds; NaN if there are none. */
    double median(String key) {
        return Numbers.median(rounds.getOrDefault(key, List.of()));
    }

    double requireMedian(String key) {
        if (rounds.containsKey(key)) return median(key);
        throw new BenchException(
                "the benchmark did not print %s, but %s".formatted(key, rounds.keySet()));
    }
}
