package dev.corona.bench;

/** A set of benchmarks that run together and judge targets of their own. */
public interface Suite {
    /**
     * Runs the benchmarks.
     *
     * @throws BenchException if something broke, so that there is nothing to judge
     */
    void run(Setup setup, Report report) throws InterruptedException;
}
