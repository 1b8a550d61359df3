package dev.corona.bench.async;

import dev.corona.bench.Child;
import dev.corona.bench.Report;
import dev.corona.bench.Setup;
import dev.corona.bench.Table;
import dev.corona.bench.Target;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The second part of the suite: very many tasks that sleep at once. */
final class Sleepers {
    private static final double MEGABYTES = 1024;

    /** Of Corona's tasks, the heap is no larger than what is promised; of those beside them, as large as they may need. */
    private static final String PROMISED = "-Xmx1g";

    private static final String AMPLE = "-Xmx4g";

    /** Nearly all of the heap is for what stays. */
    private static final String NEW = "-XX:MaxNewSize=64m";

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private Sleepers() {}

    static void run(Setup setup, Report report) throws InterruptedException {
        int count = setup.pick(1_000_000, 100_000);
        report.title("async: %,d sleep at once".formatted(count));
        Table table =
                new Table(
                        "",
                        "bytes each",
                        "heap used MB",
                        "RSS MB",
                        "peak RSS MB",
                        "ns to wake and join");
        for (Peer peer : Peer.values()) {
            Figures figures = measure(setup, peer, count);
            table.add(
                    peer.title(),
                    figures.requireMedian(SleepersMain.EACH),
                    figures.requireMedian(SleepersMain.USED),
                    figures.requireMedian(SleepersMain.RESIDENT),
                    figures.requireMedian(SleepersMain.PEAK),
                    figures.median(SleepersMain.WAKE));
            if (peer == Peer.CORONA) judge(report, figures);
        }
        report.table(table);
    }

    private static Figures measure(Setup setup, Peer peer, int count) throws InterruptedException {
        List<String> options = new ArrayList<>(peer.options());
        options.addAll(List.of(peer == Peer.CORONA ? PROMISED : AMPLE, NEW));
        List<String> arguments = List.of(peer.name(), Integer.toString(count));
        List<String> command = setup.command(options, SleepersMain.class, arguments);
        Figures figures = new Figures();
        figures.addAll(Child.output(setup, "sleepers-" + peer.name(), LIMIT, command));
        return figures;
    }

    private static void judge(Report report, Figures figures) {
        double used = figures.requireMedian(SleepersMain.USED);
        report.target(Target.atMost("async-sleepers", used, MEGABYTES, "MB of heap in use"));
    }
}
