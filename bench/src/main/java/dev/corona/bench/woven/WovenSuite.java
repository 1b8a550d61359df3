package dev.corona.bench.woven;

import dev.corona.bench.Report;
import dev.corona.bench.Setup;
import dev.corona.bench.Suite;
import dev.corona.bench.Table;
import dev.corona.bench.Target;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The woven engine beside what users would take otherwise, and woven code that does not suspend beside plain code. */
public final class WovenSuite implements Suite {
    private static final double STEP_NANOS = 10;
    private static final double FLAT = 1.3;
    private static final double CYCLE_NANOS = 20;
    private static final double MASS_BYTES = 100;
    private static final double OVERHEAD = 1.05;

    /** How often the computations are measured in each round. */
    private static final int COMPUTATIONS = 3;

    private static final String WOVEN = Peer.WOVEN.name();

    private static final List<String> STEP_FORMS = List.of(Programs.INTS, Programs.BOXED);

    /** Those that woven code is compared to by processes; Kotlin's boxed steps by neighbouring rounds of one. */
    private static final Set<Peer> ALL = EnumSet.allOf(Peer.class);

    private static final Set<Peer> NOT_KOTLIN = EnumSet.complementOf(EnumSet.of(Peer.KOTLIN));
    private static final List<String> DEEP_STEP_FORMS =
            List.of(Programs.INTS_100, Programs.BOXED_100);
    private static final List<String> TREE_FORMS =
            List.of(Programs.TREE, Programs.TREE_DELEGATED, Programs.TREE_OF_INTS);

    private final WovenResults results = new WovenResults();

    @Override
    public void run(Setup setup, Report report) throws InterruptedException {
        int rounds = setup.pick(3, 1);
        int count = setup.pick(1_000_000, 100_000);
        for (int round = 0; round < rounds; round++) {
            for (Peer peer : Peer.values()) results.measure(setup, peer.name(), count);
            results.measure(setup, WovenMain.BOXED, count);
            measureComputations(setup, count);
            results.measure(setup, WovenMain.LEFT, count);
        }
        String how = "%d processes each, in turn; medians".formatted(rounds);
        report.title("woven: nanoseconds a step (%s)".formatted(how));
        report.table(steps());
        report.title(
                "woven: boxed values, Kotlin's in the same process, nanoseconds a step (%d processes)"
                        .formatted(rounds));
        report.table(comparison(WovenMain.BOXED, WovenMain.BOXED_PROGRAMS, Peer.KOTLIN.title()));
        report.title("woven: %,d suspended at once, and resumed in order".formatted(count));
        report.table(mass());
        report.title(
                "woven: code that could suspend and does not, nanoseconds a step (%d processes)"
                        .formatted(rounds * setup.pick(COMPUTATIONS, 1)));
        report.table(computations(WovenMain.COMPUTATIONS));
        report.title(
                "woven: the same after each method was suspended once (%d processes)"
                        .formatted(rounds));
        report.table(computations(WovenMain.LEFT));
        judge(report, count);
    }

    /** More often than the peers: what a compiler makes of them differs from process to process by more than what is looked for. */
    private void measureComputations(Setup setup, int count) throws InterruptedException {
        for (int i = 0; i < setup.pick(COMPUTATIONS, 1); i++) {
            results.measure(setup, WovenMain.COMPUTATIONS, count);
        }
    }

    private Table steps() {
        List<String> header = new ArrayList<>(List.of("program", "woven / call"));
        for (Peer peer : Peer.values()) header.add(peer.title());
        Table table = new Table(header.toArray(String[]::new));
        for (String program : Programs.ALL) {
            table.add(program, row(results.ratio(WOVEN, program, WOVEN, WovenMain.CALL), program));
        }
        table.add("one call", row(1, WovenMain.CALL));
        return table;
    }

    private Object[] row(double first, String key) {
        List<Object> cells = new ArrayList<>(List.of(first));
        for (Peer peer : Peer.values()) cells.add(results.median(peer.name(), key));
        return cells.toArray();
    }

    private Table mass() {
        Table table = new Table("", "bytes each", "ns a resume", "calls");
        for (Peer peer : Peer.values()) {
            if (!peer.isMassive()) continue;
            String who = peer.name();
            table.add(
                    peer.title(),
                    results.median(who, WovenMain.BYTES),
                    results.median(who, WovenMain.CYCLE),
                    results.ratio(who, WovenMain.CYCLE, who, WovenMain.CALL));
        }
        return table;
    }

    /** Woven code beside plain code: as it is, or after each method was suspended once. */
    private Table computations(String process) {
        Table table = comparison(process, Computations.ALL, "plain");
        table.add("geometric mean", "", "", overhead(process));
        return table;
    }

    /** What {@code process} printed of two forms of the programs. */
    private Table comparison(String process, List<String> programs, String other) {
        Table table = new Table("program", other, "woven", "woven / " + other);
        for (String program : programs) {
            table.add(
                    program,
                    results.median(process, WovenMain.OTHER + program),
                    results.median(process, WovenMain.WOVEN + program),
                    compared(process, program));
        }
        return table;
    }

    /** Woven over the other, by neighbouring rounds. */
    private double compared(String process, String program) {
        return results.requireMedian(process, WovenMain.RATIO + program);
    }

    private double overhead(String process) {
        double logs = 0;
        for (String program : Computations.ALL) logs += Math.log(compared(process, program));
        return Math.exp(logs / Computations.ALL.size());
    }

    private void judge(Report report, int count) {
        atMost(report, "woven-step", ns(Programs.INTS), STEP_NANOS, "ns, ints");
        atMost(report, "woven-step-boxed", ns(Programs.BOXED), STEP_NANOS, "ns, boxed");
        double flat = results.ratio(WOVEN, Programs.INTS_100, WOVEN, Programs.INTS);
        atMost(report, "woven-flat", flat, FLAT, "x depth 1 at depth 100, ints");
        atMost(report, "woven-transfer", ns(Programs.TRANSFER), STEP_NANOS, "ns a transfer");
        double step = Math.max(toFastest(STEP_FORMS), toFastest(DEEP_STEP_FORMS));
        atMost(report, "woven-step-peers", step, 1, "x the fastest peer, depth 1 and 100");
        double boxed = Math.max(boxedToFastest(Programs.BOXED), boxedToFastest(Programs.BOXED_100));
        atMost(report, "woven-boxed-peers", boxed, 1, "x the fastest peer, boxed, depth 1 and 100");
        atMost(report, "woven-tree-peers", toFastest(TREE_FORMS), 1, "x the fastest peer");
        double bounce = results.ratio(WOVEN, Programs.BOUNCE, Peer.KOTLIN.name(), Programs.BOUNCE);
        atMost(report, "woven-bounce", bounce, 1, "x Kotlin at depth 10");
        String many = "of %,d".formatted(count);
        double bytes = results.requireMedian(WOVEN, WovenMain.BYTES);
        atMost(report, "woven-mass-heap", bytes, MASS_BYTES, "bytes each " + many);
        atMost(report, "woven-mass-cycle", ns(WovenMain.CYCLE), CYCLE_NANOS, "ns a resume " + many);
        atMost(
                report,
                "woven-overhead",
                overhead(WovenMain.COMPUTATIONS),
                OVERHEAD,
                "x plain code, geometric mean");
    }

    private static void atMost(
            Report report, String name, double value, double limit, String unit) {
        report.target(Target.atMost(name, value, limit, unit));
    }

    private double ns(String key) {
        return results.requireMedian(WOVEN, key);
    }

    private double boxedToFastest(String program) {
        double toKotlin = compared(WovenMain.BOXED, program);
        return Math.max(toKotlin, toFastest(List.of(program), NOT_KOTLIN));
    }

    private double toFastest(List<String> forms) {
        return toFastest(forms, ALL);
    }

    /** The time in the fastest of the forms of one program, as a part of that of the fastest of the peers in its fastest form. */
    private double toFastest(List<String> forms, Set<Peer> peers) {
        return peers.stream()
                .filter(p -> p != Peer.WOVEN && p != Peer.ITERATOR)
                .mapToDouble(p -> fastest(WOVEN, forms) / fastest(p.name(), forms))
                .filter(ratio -> !Double.isNaN(ratio))
                .max()
                .orElse(Double.NaN);
    }

    private double fastest(String who, List<String> forms) {
        return forms.stream()
                .mapToDouble(form -> results.median(who, form))
                .filter(nanos -> !Double.isNaN(nanos))
                .min()
                .orElse(Double.NaN);
    }
}
