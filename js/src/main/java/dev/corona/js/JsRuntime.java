package dev.corona.js;

import dev.corona.async.Corona;
import dev.corona.async.EventLoop;
import dev.corona.async.SpawnSite;
import dev.corona.async.Task;
import dev.corona.async.Watchdog;
import dev.corona.io.IoLoop;
import dev.corona.io.IoOptions;
import dev.corona.js.graal.CompilerDelay;
import dev.corona.js.graal.EsModules;
import dev.corona.js.graal.GuestStacks;
import dev.corona.js.graal.HostFunctions;
import dev.corona.js.graal.PromiseJobs;
import dev.corona.js.graal.Reflection;
import dev.corona.js.graal.Resolver;
import dev.corona.js.graal.Sources;
import dev.corona.js.graal.json.JsonBuiltins;
import dev.corona.js.host.ErrorPrinter;
import dev.corona.js.host.Guest;
import dev.corona.js.host.HttpHost;
import dev.corona.js.host.JsSite;
import dev.corona.js.host.Modules;
import dev.corona.js.host.ProcessHost;
import dev.corona.js.host.StdStream;
import dev.corona.js.host.Tasks;
import dev.corona.js.host.Version;

import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/**
 * A JavaScript world on an event loop of its own: runs one program, every callback of it in a coroutine, and ends when
 * nothing can happen in it any more or when the program says so.
 *
 * <p><b>Threads.</b> {@link #run} blocks its caller; the program runs on the loop's thread.
 *
 * <p><b>Errors.</b> An uncaught error of the main coroutine is printed and ends the program with code 1. One of another
 * coroutine, and a rejected promise that nobody handles, is printed with the place of the spawn; the program goes on and its
 * code is 1 if it sets no other. A main coroutine that waits for what can never come ends with code 13.
 */
public final class JsRuntime {
    private static final int UNCAUGHT = 1;
    private static final int LISTENER_FAILED = 7;
    private static final int NEVER_SETTLED = 13;
    private static final Map<String, String> BUILTINS =
            Map.of("corona:net", "net.js", "corona:http", "http.js");

    private final IoLoop io;
    private final EventLoop loop;
    private final JsOptions options;
    private final StdStream out;
    private final StdStream err;
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private @Nullable World world;
    private @Nullable Task<?> mainTask;
    private boolean reportedUncaught;
    private boolean ending;

    /** What exists once the scripts of the runtime have been loaded. */
    private record World(
            Context context,
            Modules modules,
            Tasks tasks,
            Value process,
            Value runMain,
            Value importMain,
            Value globals,
            ErrorPrinter printer,
            PromiseJobs promiseJobs,
            Guest guest) {}

    private JsRuntime(IoLoop io, JsOptions options) {
        this.io = io;
        this.loop = io.loop();
        this.options = options;
        this.out = new StdStream(options.out());
        this.err = new StdStream(options.err());
    }

    /**
     * Runs {@code program} to its end and returns its exit code.
     *
     * @throws IllegalStateException if the engine cannot start in this JVM
     * @throws InterruptedException if the calling thread is interrupted while it waits; the program is stopped
     */
    public static int run(JsProgram program, JsOptions options) throws InterruptedException {
        // the engine and the network start side by side
        FutureTask<Context> context = new FutureTask<>(Contexts::create);
        CompilerDelay compiler = new CompilerDelay();
        Thread.ofPlatform().name("corona-start").daemon().start(() -> compiler.during(context));
        try (IoLoop io = IoLoop.create(IoOptions.defaults())) {
            JsRuntime runtime = new JsRuntime(io, options);
            runtime.loop.execute(() -> runtime.boot(program, context, compiler));
            return runtime.awaitExit();
        } finally {
            compiler.end();
        }
    }

    /** The version of Corona. */
    public static String version() {
        return Version.CORONA;
    }

    /** The version of GraalJS. */
    public static String engineVersion() {
        return Version.graalJs();
    }

    /** Whether this process compiles JavaScript to machine code. */
    public static boolean isCompiled() {
        try (Engine engine = Contexts.engine()) {
            return !engine.getImplementationName().equals("Interpreted");
        }
    }

    private int awaitExit() throws InterruptedException {
        try {
            return exitCode.get();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("the JavaScript runtime could not start", e.getCause());
        } finally {
            out.flush();
            err.flush();
        }
    }

    /** Loads the world and spawns the main coroutine; on the loop's thread. */
    private void boot(JsProgram program, Future<Context> creating, CompilerDelay compiler) {
        try {
            World created = load(program, creating.get());
            world = created;
            loop.onUncaught(this::onUncaught);
            loop.addTurnHook(this::afterStep);
            watch();
            mainTask = loop.spawn("main", SpawnSite.of(List.of()), () -> runMain(created, program));
            loop.execute(compiler::end);
            compiler.begin();
        } catch (Throwable e) {
            exitCode.completeExceptionally(e);
        }
    }

    private World load(JsProgram program, Context context) {
        context.enter();
        Resolver resolver = new Resolver(BUILTINS.keySet());
        Modules boot =
                new Modules(context, resolver, new Guest(context.asValue(null)), options.cwd());
        Guest guest = new Guest(boot.internal("errors.js").execute());
        Modules modules = new Modules(context, resolver, guest, options.cwd());
        Tasks tasks = new Tasks(loop, guest, this::reportUncaught);
        ProcessHost processHost = processHost(program, Version.graalJs());
        Value makeError = guest.makeError();
        Value globals = modules.internal("globals.js").execute(tasks, makeError);
        Value process =
                modules.internal("process.js").execute(processHost, makeError, processHost.facts());
        globals.invokeMember("define", "process", process.getMember("process"));
        ProxyExecutable inspectModule = lazily(() -> loadInspect(globals, modules));
        Value console =
                modules.internal("console.js")
                        .execute(processHost, processHost.writer(), inspectModule);
        globals.invokeMember("define", "console", console);
        JsonBuiltins.install();
        Value importer = modules.internal("import.js").execute();
        Value engine = engineFunctions(globals, HostFunctions::defineOn);
        Value commonJs =
                modules.internal("modules.js")
                        .execute(
                                modules.bridge(),
                                builtins(modules, tasks, globals, guest),
                                importer,
                                engine.getMember("compile"));
        Value exportNames = commonJs.getMember("exportNames");
        EsModules esModules =
                EsModules.install(
                        resolver,
                        options.cwd(),
                        id -> List.of(exportNames.execute(id).as(String[].class)));
        PromiseJobs promiseJobs = PromiseJobs.install(loop);
        trackRejections(modules, engine.getMember("isHandled"));
        if (program instanceof JsProgram.Code code) {
            modules.define(code.name(), code.text());
            esModules.define(code.name(), code.text());
        }
        ErrorPrinter printer =
                new ErrorPrinter(
                        value -> inspect(inspectModule, value),
                        modules::textOf,
                        options.javaFrames());
        return new World(
                context,
                modules,
                tasks,
                process,
                commonJs.getMember("runMain"),
                importer,
                globals,
                printer,
                promiseJobs,
                guest);
    }

    private ProcessHost processHost(JsProgram program, String engineVersion) {
        List<String> argv = new ArrayList<>();
        argv.add(ProcessHandle.current().info().command().orElse("corona"));
        if (program instanceof JsProgram.File file) argv.add(absolute(file).toString());
        argv.addAll(options.args());
        return new ProcessHost(
                loop,
                out,
                err,
                argv,
                options.env(),
                options.cwd(),
                engineVersion,
                options.handleSignals(),
                this::onSignal,
                this::exit);
    }

    private Path absolute(JsProgram.File file) {
        return options.cwd().resolve(file.path()).normalize();
    }

    /** A function that makes its value at its first call. */
    private static ProxyExecutable lazily(java.util.function.Supplier<Value> make) {
        Value[] made = new Value[1];
        return arguments -> made[0] == null ? made[0] = make.get() : made[0];
    }

    /** An object of JavaScript on which {@code define} has put functions, told the name of a global that holds it. */
    private static Value engineFunctions(Value globals, Consumer<String> define) {
        String holder = "__corona_engine";
        Value functions = globals.invokeMember("hold", holder);
        define.accept(holder);
        globals.invokeMember("drop", holder);
        return functions;
    }

    private static Value loadInspect(Value globals, Modules modules) {
        Value host = engineFunctions(globals, Reflection::defineOn);
        ProxyExecutable part = names -> modules.internal("inspect-" + names[0].asString() + ".js");
        return modules.internal("inspect.js").execute(host, part);
    }

    private static String inspect(ProxyExecutable inspectModule, Value value) {
        return ((Value) inspectModule.execute()).getMember("inspect").execute(value).asString();
    }

    /** A function that gives the built-in module of a name, which it loads once. */
    private ProxyExecutable builtins(Modules modules, Tasks tasks, Value globals, Guest guest) {
        Map<String, ProxyExecutable> loaders = new HashMap<>();
        BUILTINS.forEach(
                (name, script) ->
                        loaders.put(
                                name,
                                lazily(() -> loadBuiltin(script, modules, tasks, globals, guest))));
        return names -> Objects.requireNonNull(loaders.get(names[0].asString())).execute();
    }

    private Value loadBuiltin(
            String script, Modules modules, Tasks tasks, Value globals, Guest guest) {
        Object host = script.equals("net.js") ? tasks.net(io) : new HttpHost(io, guest);
        return modules.internal(script).execute(host, globals, guest.makeError());
    }

    private void trackRejections(Modules modules, Value isHandled) {
        ProxyExecutable report =
                arguments -> {
                    reportUncaught(arguments[0], List.of());
                    return null;
                };
        ProxyExecutable afterTurn =
                arguments -> {
                    loop.execute(arguments[0]::executeVoid);
                    return null;
                };
        modules.internal("rejections.js").execute(report, afterTurn, isHandled);
    }

    private void watch() {
        if (options.busyLimit() == null) return;
        GuestStacks stacks = GuestStacks.install();
        Watchdog.watch(
                loop,
                options.busyLimit(),
                stacks::stackOf,
                report -> {
                    err.write("corona: " + report + "\n");
                    err.flush();
                });
    }

    /** The body of the main coroutine. What it throws ends the program at once: nothing that is ready runs any more. */
    private boolean runMain(World world, JsProgram program) {
        try {
            return load(world, program);
        } catch (Exception e) {
            if (exitCode.isDone()) throw world.guest().toGuest(e);
            Value thrown = world.guest().thrown(e);
            if (handledByProgram(world, e, thrown, Runnable::run)) return false;
            print(world, e, thrown, List.of());
            ending = true;
            return leave(world, UNCAUGHT, true);
        }
    }

    private boolean load(World world, JsProgram program) throws Exception {
        switch (program) {
            case JsProgram.File file -> runFile(world, absolute(file));
            case JsProgram.Code code -> {
                if (Resolver.kindOfText(code.text()) == Resolver.Kind.ES_MODULE)
                    importMain(world, code.name());
                else world.runMain().executeVoid(code.name());
            }
        }
        return true;
    }

    private void runFile(World world, Path file) throws Exception {
        Resolver resolver = new Resolver(BUILTINS.keySet());
        switch (resolver.kindOf(file)) {
            case ES_MODULE -> importMain(world, file.toString());
            case JSON ->
                    throw new IllegalArgumentException(
                            file + " is data, not a program; require it from a script");
            default -> {
                world.modules()
                        .define(file.toString(), Sources.withoutHashbang(Files.readString(file)));
                world.runMain().executeVoid(file.toString());
            }
        }
    }

    private static void importMain(World world, String id) {
        Value promise = world.importMain().execute(id);
        world.context().getBindings("js").getMember("wait").execute(promise);
    }

    /** After each step of the loop: output goes out; a program that can do nothing more ends. */
    private void afterStep() {
        World loaded = world;
        if (loaded == null || ending || loaded.promiseJobs().isDraining()) return;
        if (loop.hasReady()
                || loop.isSomethingPending()
                || loop.timers() > loaded.tasks().weakTimers()) {
            if (!loop.hasReady()) out.flush();
            return;
        }
        ending = true;
        loop.start("exit", SpawnSite.of(List.of()), () -> endNaturally(loaded));
    }

    private boolean endNaturally(World loaded) {
        Task<?> main = mainTask;
        int code = 0;
        if (main != null && !main.isDone()) {
            err.write(
                    "Warning: the main coroutine waits for "
                            + main.waitsFor()
                            + ", which nothing can complete any more\n");
            code = NEVER_SETTLED;
        }
        loaded.globals().invokeMember("reportUnread");
        if (reportedUncaught && code == 0) code = UNCAUGHT;
        return leave(loaded, code, false);
    }

    /** Runs the exit listeners and ends the program, also if one of them fails. */
    private boolean leave(World loaded, int code, boolean must) {
        int last;
        try {
            last = loaded.process().invokeMember("finish", code, must).asInt();
        } catch (PolyglotException e) {
            if (exitCode.isDone()) throw e;
            print(loaded, e, loaded.guest().thrown(e), List.of());
            last = UNCAUGHT;
        }
        finish(last);
        return true;
    }

    private void onSignal(String name) {
        World loaded = world;
        if (loaded == null) return;
        loop.start(
                name,
                SpawnSite.of(List.of()),
                () -> {
                    loaded.process().getMember("emit").execute(name, name);
                    return true;
                });
    }

    /** An error that left a task: of the main coroutine, a timer, a request. */
    private void onUncaught(@Nullable Task<?> task, Throwable error) {
        World loaded = world;
        if (loaded == null) {
            exitCode.completeExceptionally(error);
            return;
        }
        if (exitCode.isDone()) return;
        List<String> site =
                task != null && task.spawnSite() instanceof JsSite owner
                        ? owner.chain()
                        : List.of();
        Value thrown = loaded.guest().thrown(error);
        if (!handledByProgram(loaded, error, thrown, this::startListeners))
            print(loaded, error, thrown, site);
    }

    private boolean handledByProgram(
            World loaded, Throwable error, @Nullable Value thrown, Consumer<Runnable> start) {
        if (!loaded.process().invokeMember("hasListener", "uncaughtException").asBoolean())
            return false;
        Object value = thrown != null ? thrown : String.valueOf(error.getMessage());
        start.accept(() -> emitUncaught(loaded, value));
        return true;
    }

    private void emitUncaught(World loaded, Object value) {
        try {
            loaded.process()
                    .getMember("emit")
                    .execute("uncaughtException", value, "uncaughtException");
        } catch (PolyglotException e) {
            if (exitCode.isDone()) throw e;
            print(loaded, e, loaded.guest().thrown(e), List.of());
            leave(loaded, LISTENER_FAILED, true);
        }
    }

    /** Runs {@code listeners} in the running coroutine, or in one of their own. */
    private void startListeners(Runnable listeners) {
        if (Task.currentOrNull() != null) {
            listeners.run();
            return;
        }
        loop.start(
                "uncaughtException",
                SpawnSite.of(List.of()),
                () -> {
                    listeners.run();
                    return true;
                });
    }

    private void print(World loaded, Throwable error, @Nullable Value thrown, List<String> site) {
        reportedUncaught = true;
        out.flush();
        String text =
                error instanceof PolyglotException e
                        ? loaded.printer().report(e, thrown, site)
                        : "corona: " + Objects.requireNonNullElse(error.getMessage(), error) + "\n";
        if (!(error instanceof PolyglotException) && options.javaFrames()) error.printStackTrace();
        err.write(text);
        err.flush();
    }

    /** An error value that no JavaScript code has asked for. */
    private void reportUncaught(Value error, List<String> site) {
        World loaded = world;
        if (loaded == null) return;
        if (loaded.process().invokeMember("hasListener", "uncaughtException").asBoolean()) {
            startListeners(() -> emitUncaught(loaded, error));
            return;
        }
        reportedUncaught = true;
        out.flush();
        err.write(loaded.printer().report(error, site));
        err.flush();
    }

    /** {@code process.exit}: nothing of the calling coroutine runs after it. */
    private void exit(int code) {
        finish(code);
        if (Task.currentOrNull() != null) Corona.parkForever("the end of the process");
    }

    private void finish(int code) {
        ending = true;
        out.close();
        err.close();
        if (options.exit() != null) options.exit().accept(code);
        exitCode.complete(code);
    }
}
