package dev.corona.bench;

import java.util.Arrays;
import java.util.List;

/** Medians and percentiles. */
public final class Numbers {
    private Numbers() {}

    /** The middle value, or the mean of the two in the middle; NaN of nothing. */
    public static double median(double... values) {
        if (values.length == 0) return Double.NaN;
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    public static double median(List<Double> values) {
        return median(toArray(values));
    }

    /** The median of the ratios of two series of equal length, element by element. */
    public static double medianRatio(double[] values, double[] peers) {
        double[] ratios = new double[values.length];
        for (int i = 0; i < ratios.length; i++) ratios[i] = values[i] / peers[i];
        return median(ratios);
    }

    /** The smallest value that {@code percent} of the values do not exceed; NaN of nothing. */
    public static double percentile(double percent, double... values) {
        if (values.length == 0) return Double.NaN;
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.clamp(rank - 1, 0, sorted.length - 1)];
    }

    public static double[] toArray(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
