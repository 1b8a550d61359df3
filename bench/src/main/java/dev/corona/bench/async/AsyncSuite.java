package dev.corona.bench.async;

import dev.corona.bench.Report;
import dev.corona.bench.Setup;
import dev.corona.bench.Suite;

/** Tasks, waits and channels: hot, in a crowd, and as a server of many connections beside other styles. */
public final class AsyncSuite implements Suite {
    @Override
    public void run(Setup setup, Report report) throws InterruptedException {
        Hot.run(setup, report);
        Sleepers.run(setup, report);
        Echo.run(setup, report);
    }
}
