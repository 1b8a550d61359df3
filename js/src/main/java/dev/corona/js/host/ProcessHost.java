package dev.corona.js.host;

import dev.corona.async.EventLoop;

import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.graalvm.polyglot.proxy.ProxyObject;

import sun.misc.Signal;
import sun.misc.SignalHandler;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** The process as {@code process.js} and {@code console.js} see it. For the loop's thread. */
public final class ProcessHost {
    private final EventLoop loop;
    private final StdStream out;
    private final StdStream err;
    private final List<String> argv;
    private final Map<String, String> env;
    private final Path cwd;
    private final String engineVersion;
    private final boolean handleSignals;
    private final Consumer<String> onSignal;
    private final IntConsumer exit;
    private final Map<String, SignalHandler> replaced = new HashMap<>();
    private final long start = System.nanoTime();

    /**
     * @param argv the whole of {@code process.argv}
     * @param handleSignals whether to take over signals of the JVM
     * @param onSignal told of each signal that is listened to, on the loop's thread
     * @param exit ends the program; does not return to the script
     */
    public ProcessHost(
            EventLoop loop,
            StdStream out,
            StdStream err,
            List<String> argv,
            Map<String, String> env,
            Path cwd,
            String engineVersion,
            boolean handleSignals,
            Consumer<String> onSignal,
            IntConsumer exit) {
        this.loop = loop;
        this.out = out;
        this.err = err;
        this.argv = argv;
        this.env = env;
        this.cwd = cwd;
        this.engineVersion = engineVersion;
        this.handleSignals = handleSignals;
        this.onSignal = onSignal;
        this.exit = exit;
    }

    @HostAccess.Export
    public void out(String text) {
        out.write(text);
    }

    /** {@link #out} as a function: unlike the first method of an object, the first function costs a short script nothing. */
    public ProxyExecutable writer() {
        return arguments -> {
            out(arguments[0].asString());
            return null;
        };
    }

    /** As {@link #out}, of a typed array or a DataView. */
    @HostAccess.Export
    public void outBytes(Value view) {
        out.write(Objects.requireNonNull(Bytes.fromGuest(view)));
    }

    /** Standard error is not held back: what was printed before a crash is there. */
    @HostAccess.Export
    public void err(String text) {
        out.flush();
        err.write(text);
        err.flush();
    }

    /** As {@link #err}, of a typed array or a DataView. */
    @HostAccess.Export
    public void errBytes(Value view) {
        out.flush();
        err.write(Objects.requireNonNull(Bytes.fromGuest(view)));
        err.flush();
    }

    /** Milliseconds since the start, with a fraction. */
    @HostAccess.Export
    public double now() {
        return (System.nanoTime() - start) / 1e6;
    }

    /** Nanoseconds since the start, which a double holds exactly for 104 days. */
    @HostAccess.Export
    public double nanoTime() {
        return System.nanoTime() - start;
    }

    @HostAccess.Export
    public double uptime() {
        return ManagementFactory.getRuntimeMXBean().getUptime() / 1e3;
    }

    @HostAccess.Export
    public ProxyObject memoryUsage() {
        var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        var other = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
        return ProxyObject.fromMap(
                Map.of(
                        "rss", heap.getCommitted() + other.getCommitted(),
                        "heapTotal", heap.getCommitted(),
                        "heapUsed", heap.getUsed(),
                        "external", other.getUsed()));
    }

    /**
     * What does not change while the program runs, as one JSON text: many small calls would cost more at the start, and so
     * would a {@link java.util.Formatter}.
     */
    public String facts() {
        Map<String, String> versions = Map.of("corona", Version.CORONA, "graaljs", engineVersion);
        return "{\"versions\":"
                + Json.object(versions)
                + ",\"arch\":"
                + Json.string(arch())
                + ",\"platform\":"
                + Json.string(platform())
                + ",\"pid\":"
                + ProcessHandle.current().pid()
                + ",\"cwd\":"
                + Json.string(cwd.toString())
                + ",\"argv\":"
                + Json.array(argv)
                + ",\"env\":"
                + Json.object(env)
                + '}';
    }

    private static String arch() {
        String arch = System.getProperty("os.arch");
        return switch (arch) {
            case "amd64", "x86_64" -> "x64";
            case "aarch64" -> "arm64";
            default -> arch;
        };
    }

    private static String platform() {
        String name = System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT);
        if (name.contains("win")) return "win32";
        return name.contains("mac") ? "darwin" : "linux";
    }

    @HostAccess.Export
    public void exit(int code) {
        exit.accept(code);
    }

    /** Sends the signal to the program in place of the JVM. */
    @HostAccess.Export
    public void listenTo(String name) {
        if (!handleSignals || replaced.containsKey(name)) return;
        SignalHandler before =
                Signal.handle(
                        new Signal(name.substring("SIG".length())),
                        signal -> loop.execute(() -> onSignal.accept(name)));
        replaced.put(name, before);
    }

    /** Gives the signal back to the JVM. */
    @HostAccess.Export
    public void ignore(String name) {
        SignalHandler before = replaced.remove(name);
        if (before != null) Signal.handle(new Signal(name.substring("SIG".length())), before);
    }
}
