package dev.corona.bench;

import dev.corona.bench.async.AsyncSuite;
import dev.corona.bench.http.HttpSuite;
import dev.corona.bench.kernel.KernelSuite;
import dev.corona.bench.lua.LuaSuite;
import dev.corona.bench.storm.StormSuite;
import dev.corona.bench.woven.WovenSuite;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the suites named by the arguments; {@code bench/run} has checked those, and that what they need is there. */
public final class Main {
    /** The suites by their names, in the order of {@code all}. */
    static final Map<String, Suite> SUITES = suites();

    private Main() {}

    private static Map<String, Suite> suites() {
        Map<String, Suite> suites = new LinkedHashMap<>();
        suites.put("kernel", new KernelSuite());
        suites.put("woven", new WovenSuite());
        suites.put("async", new AsyncSuite());
        suites.put("lua", new LuaSuite());
        suites.put("http", new HttpSuite());
        suites.put("storm", new StormSuite());
        return suites;
    }

    public static void main(String[] args) throws InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Runtime.getRuntime().addShutdownHook(new Thread(Main::endDescendants));
        List<String> arguments = List.of(args);
        boolean quick = arguments.contains("--quick");
        List<String> names = arguments.stream().filter(a -> !a.equals("--quick")).toList();
        System.exit(run(names, quick, out));
    }

    private static int run(List<String> names, boolean quick, PrintStream out)
            throws InterruptedException {
        Report report = new Report(out, !quick);
        try {
            Setup setup = Setup.of(Path.of(System.getProperty("bench.root")), quick);
            printMachine(report, quick);
            for (String name : names) suite(name).run(setup, report);
        } catch (BenchException e) {
            System.err.println("bench: " + e.getMessage());
            return 1;
        }
        report.printTargets();
        return report.isGood() ? 0 : 1;
    }

    private static Suite suite(String name) {
        Suite suite = SUITES.get(name);
        if (suite == null) {
            throw new BenchException(
                    "there is no suite %s; there are %s".formatted(name, SUITES.keySet()));
        }
        return suite;
    }

    private static void printMachine(Report report, boolean quick) {
        int processors = Runtime.getRuntime().availableProcessors();
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        report.title(
                "%s %s, %d processors, Java %s%s"
                        .formatted(
                                System.getProperty("os.name"),
                                System.getProperty("os.arch"),
                                processors,
                                System.getProperty("java.vm.version"),
                                quick ? ", quick" : ""));
        if (load > processors * 0.75) {
            report.note(
                    "note: the machine was busy before this began (load average %s); ratios are better than numbers"
                            .formatted(Target.number(load)));
        }
    }

    /** Ends what this process started and has not ended, such as the JVMs of JMH after an interrupt. */
    private static void endDescendants() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    }
}
