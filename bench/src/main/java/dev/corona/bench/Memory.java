package dev.corona.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The resident memory of a process in megabytes (of 2^20 bytes); NaN where the system does not tell.
 *
 * @param resident what it has now
 * @param peak the most that it ever had
 */
public record Memory(double resident, double peak) {
    /** The memory of the process {@code pid}; of a process that has ended, nothing. */
    public static Memory of(long pid) {
        try {
            return in(Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")));
        } catch (IOException e) {
            return new Memory(Double.NaN, Double.NaN);
        }
    }

    static Memory in(List<String> status) {
        return new Memory(megabytes(status, "VmRSS:"), megabytes(status, "VmHWM:"));
    }

    private static double megabytes(List<String> status, String key) {
        for (String line : status) {
            if (!line.startsWith(key)) continue;
            String kilobytes = line.substring(key.length()).replace("kB", "").strip();
            return Long.parseLong(kilobytes) / 1024.0;
        }
        return Double.NaN;
    }
}
