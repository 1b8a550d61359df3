package dev.corona.weave.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corona.weave.agent.Program.Answer;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.nio.file.Path;
import java.util.Map;

/** Under the agent: other class loaders, modules, and a program that runs already. */
class AgentLoadersTest {
    private static final String IMPORTS =
            """
            import dev.corona.*;
            import dev.corona.async.*;
            import java.io.*;
            import java.net.*;
            import java.nio.file.*;
            import java.time.Duration;
            import java.util.*;
            """;

    /** Prints the engine of the task that it is run in; what it calls is in another class, and in its parent's. */
    private static final String PLUGIN =
            "package com.acme.plugin;"
                    + IMPORTS
                    + """
                    public class Plugin implements Runnable {
                        public void run() {
                            Corona.run(() -> {
                                Inner.nap();
                                com.acme.Host.nap();
                                System.out.println("plugin: " + Corona.dump());
                                return null;
                            });
                        }
                    }
                    class Inner { static void nap() { Corona.sleep(Duration.ofMillis(1)); } }
                    """;

    private static final String HOST =
            "package com.acme;"
                    + IMPORTS
                    + """
                    public class Host {
                        public static void nap() { Corona.sleep(Duration.ofMillis(1)); }

                        public static void main(String[] args) throws Exception {
                            Path place = Path.of(args[1]);
                            URL[] urls = {place.toUri().toURL()};
                            ClassLoader loader = switch (args[0]) {
                                case "urls" -> new URLClassLoader("plugins", urls, Host.class.getClassLoader());
                                case "own" -> new Own(place);
                                case "sour" -> new Sour(urls);
                                default -> layer(place).findLoader("com.acme.plugin");
                            };
                            for (int i = 2; i < args.length; i++)
                                ((Runnable) loader.loadClass(args[i]).getConstructor().newInstance()).run();
                            System.out.println("done");
                        }

                        private static ModuleLayer layer(Path place) {
                            ModuleLayer boot = ModuleLayer.boot();
                            var found = boot.configuration().resolve(
                                    java.lang.module.ModuleFinder.of(place),
                                    java.lang.module.ModuleFinder.of(),
                                    Set.of("com.acme.plugin"));
                            return boot.defineModulesWithOneLoader(found, Host.class.getClassLoader());
                        }

                        /** Defines classes of which nobody can tell where they come from. */
                        static final class Own extends ClassLoader {
                            private final Path place;

                            Own(Path place) { super("own", Host.class.getClassLoader()); this.place = place; }

                            @Override protected Class<?> findClass(String name) throws ClassNotFoundException {
                                try {
                                    byte[] b = Files.readAllBytes(place.resolve(name.replace('.', '/') + ".class"));
                                    return defineClass(name, b, 0, b.length);
                                } catch (IOException e) {
                                    throw new ClassNotFoundException(name, e);
                                }
                            }
                        }

                        /** Hands out no resources. */
                        static final class Sour extends URLClassLoader {
                            Sour(URL[] urls) { super("sour", urls, Host.class.getClassLoader()); }

                            @Override public InputStream getResourceAsStream(String name) {
                                throw new IllegalStateException("no " + name);
                            }
                        }
                    }
                    """;

    private static final String WOVEN_PLUGIN = "plugin: event loop";

    @TempDir private Path folder;
    private Program program;
    private Path host;
    private Path plugin;

    @BeforeEach
    void compile() throws Exception {
        program = new Program(folder);
        host = program.compile("host", Map.of("com/acme/Host", HOST));
        plugin =
                program.compile(
                        "plugin",
                        Map.of("com/acme/plugin/Plugin", PLUGIN),
                        "-cp",
                        path(Program.CORE, host));
    }

    private static String path(Path... elements) {
        return String.join(
                File.pathSeparator, java.util.Arrays.stream(elements).map(Path::toString).toList());
    }

    private Answer run(String options, String mode, Path place, String... classes)
            throws Exception {
        program.under(options)
                .with("-cp", path(Program.CORE, host), "com.acme.Host", mode, place.toString())
                .with(classes);
        Answer answer = program.run();
        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(answer.out()).as(answer.err()).contains(WOVEN_PLUGIN).endsWith("done\n");
        return answer;
    }

    @Test
    void whatAnotherLoaderDefinesIsWovenWithItsParents() throws Exception {
        Path jar = program.jar(plugin);
        Answer answer = run("", "urls", jar, "com.acme.plugin.Plugin");
        assertThat(answer.out()).contains("main runs (woven)");
        assertThat(answer.err()).containsPattern("2 of 2 classes of .*URLClassLoader.* woven");
    }

    @Test
    void aLoaderOfItsOwnMayDefineTheSameClassesAgain() throws Exception {
        String twice =
                "package com.acme.plugin;"
                        + IMPORTS
                        + """
                        public class Twice implements Runnable {
                            public void run() {
                                URL[] urls = ((URLClassLoader) Twice.class.getClassLoader()).getURLs();
                                for (int i = 0; i < 2; i++) {
                                    try {
                                        ClassLoader own = new URLClassLoader(urls, com.acme.Host.class.getClassLoader());
                                        Object plugin = own.loadClass("com.acme.plugin.Plugin").getConstructor().newInstance();
                                        if (plugin.getClass() == Plugin.class) throw new AssertionError();
                                        ((Runnable) plugin).run();
                                    } catch (Exception e) {
                                        throw new AssertionError(e);
                                    }
                                }
                            }
                        }
                        """;
        program.compile(
                "plugin",
                Map.of("com/acme/plugin/Twice", twice),
                "-cp",
                path(Program.CORE, host, plugin));
        Answer answer = run("", "urls", plugin, "com.acme.plugin.Twice", "com.acme.plugin.Plugin");
        assertThat(answer.out().split("main runs \\(woven\\)")).hasSize(1 + 3);
        assertThat(answer.err().split("2 of 3 classes of ")).hasSize(1 + 3);
    }

    @Test
    void classesFromNowhereAreNamedAndStayPlain() throws Exception {
        Answer answer = run("", "own", plugin, "com.acme.plugin.Plugin");
        assertThat(answer.out()).doesNotContain("plugin: .*woven");
        assertThat(answer.err())
                .contains("corona-weave: warning: com.acme.plugin.Plugin, as all that ")
                .contains("Host$Own")
                .contains("defines from no code source, stays plain: the agent reads folders")
                .containsOnlyOnce("stays plain");
    }

    @Test
    void anErrorOfTheWeaverIsPrintedAndTheClassesStayPlain() throws Exception {
        Answer answer = run("", "sour", plugin, "com.acme.plugin.Plugin");
        assertThat(answer.out()).doesNotContain("(woven)");
        assertThat(answer.err())
                .contains(
                        "corona-weave: error: com.acme.plugin.Plugin could not be woven; it stays as it is\n"
                                + "java.lang.IllegalStateException: no ")
                .containsOnlyOnce("could not be woven");
    }

    @Test
    void warningsThatCountAsErrorsKeepALatePluginPlain() throws Exception {
        program.compile(
                "plugin",
                Map.of(
                        "com/acme/plugin/Escape",
                        "package com.acme.plugin;"
                                + IMPORTS
                                + """
                                class Escape {
                                    Generator<Integer> g(List<Integer> l) { return Generator.of(out -> l.forEach(out::yield)); }
                                }
                                """));
        Answer answer = run("warnings-as-errors", "urls", plugin, "com.acme.plugin.Plugin");
        assertThat(answer.out()).doesNotContain("(woven)");
        assertThat(answer.err())
                .contains("com.acme.plugin.Escape.lambda$g$0")
                .containsPattern(
                        "error: warnings count as errors, so all classes of .*URLClassLoader.* stay plain");
    }

    // ---- modules

    private Path module(String name, String directives, Map<String, String> sources)
            throws Exception {
        var all = new java.util.HashMap<>(sources);
        all.put("module-info", "module %s { %s }".formatted(name, directives));
        return program.compile(
                name, all, "--module-path", path(Program.CORE, Program.JSPECIFY, folder));
    }

    @Test
    void aModuleIsWovenThoughItOpensNothing() throws Exception {
        String main =
                "package com.acme.app;"
                        + IMPORTS
                        + """
                        public class App {
                            interface Step { void go(Generator.Yielder<Integer> out); }
                            record Twice(Step step) implements Step {
                                public void go(Generator.Yielder<Integer> out) { step.go(out); step.go(out); }
                            }
                            public static void main(String[] args) {
                                Iterator<Integer> none = List.<Integer>of().iterator();
                                Generator<Integer> g = Generator.of(out -> new Twice(o -> o.yield(1)).go(out));
                                for (int i : g) System.out.println("got " + i);
                                Corona.run(() -> { System.out.println(Corona.dump()); return null; });
                                Corona.run(new Job());
                            }
                            private static class Job implements java.util.concurrent.Callable<Object> {
                                public Object call() { Corona.sleep(Duration.ofMillis(1)); System.out.println("job " + Corona.dump()); return null; }
                            }
                        }
                        """;
        Path app =
                module(
                        "com.acme.app",
                        "requires dev.corona.core;",
                        Map.of("com/acme/app/App", main));
        Answer answer =
                program.under("")
                        .run(
                                "--module-path",
                                path(Program.CORE, program.jar(app)),
                                "-m",
                                "com.acme.app/com.acme.app.App");
        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(answer.out())
                .contains("got 1\ngot 1\n")
                .containsPattern("job event loop.*\n.*main runs \\(woven\\)");
        assertThat(answer.err()).containsPattern("classes of the program woven in \\d+ ms\n$");
    }

    @Test
    void theWeaversOwnModuleMayBeOnTheModulePathToo() throws Exception {
        Path app =
                module(
                        "com.acme.app",
                        "requires dev.corona.core;",
                        Map.of(
                                "com/acme/app/App",
                                "package com.acme.app;"
                                        + IMPORTS
                                        + """
                                        public class App {
                                            public static void main(String[] args) {
                                                Corona.run(() -> { Corona.sleep(Duration.ZERO); System.out.println(Corona.dump()); return null; });
                                            }
                                        }
                                        """));
        Answer answer =
                program.under("")
                        .run(
                                "--module-path",
                                path(Program.CORE, app, program.agent()),
                                "--add-modules",
                                "dev.corona.weave",
                                "-m",
                                "com.acme.app/com.acme.app.App");
        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(answer.out()).contains("main runs (woven)");
    }

    @Test
    void aLayerThatIsMadeLaterIsWovenToo() throws Exception {
        Path hostModule =
                module(
                        "com.acme.host",
                        "requires dev.corona.core; exports com.acme;",
                        Map.of("com/acme/Host", HOST));
        Path pluginModule =
                module(
                        "com.acme.plugin",
                        "requires com.acme.host; requires dev.corona.core; exports com.acme.plugin;",
                        Map.of("com/acme/plugin/Plugin", PLUGIN));
        Answer answer =
                program.under("")
                        .run(
                                "--module-path",
                                path(Program.CORE, hostModule),
                                "-m",
                                "com.acme.host/com.acme.Host",
                                "layer",
                                pluginModule.toString(),
                                "com.acme.plugin.Plugin");
        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(answer.out()).contains(WOVEN_PLUGIN, "main runs (woven)");
    }

    // ---- a program that runs already

    private static final String LATE =
            "package com.acme;"
                    + IMPORTS
                    + """
                    public class Late {
                        public static void main(String[] args) throws Exception {
                            Corona.run(() -> { Early.nap(); return null; });
                            var self = com.sun.tools.attach.VirtualMachine.attach("" + ProcessHandle.current().pid());
                            try {
                                self.loadAgent(args[0], args[1]);
                            } catch (com.sun.tools.attach.AgentInitializationException e) {
                                System.out.println("not attached");
                            } finally {
                                self.detach();
                            }
                            Other.show();
                            Corona.run(() -> { Early.nap(); System.out.println("late " + Corona.dump()); return null; });
                        }
                    }
                    class Early { static void nap() { Corona.sleep(Duration.ofMillis(1)); } }
                    class Other {
                        static void show() {
                            Corona.run(() -> { nap(); System.out.println("other " + Corona.dump()); return null; });
                        }
                        static void nap() { Corona.sleep(Duration.ofMillis(1)); }
                    }
                    """;

    private Answer attach(String options) throws Exception {
        Path classes = program.compile("late", Map.of("com/acme/Late", LATE));
        return program.with(
                        "-Djdk.attach.allowAttachSelf=true",
                        "-XX:+EnableDynamicAgentLoading",
                        "--add-modules",
                        "jdk.attach")
                .run(
                        "-cp",
                        path(Program.CORE, classes),
                        "com.acme.Late",
                        program.agent().toString(),
                        options);
    }

    @Test
    void attachedItWeavesWhatIsNotLoadedAndNamesWhatIs() throws Exception {
        Answer answer = attach("");
        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(answer.out())
                .containsPattern("other event loop.*\n.*main runs \\(woven\\)")
                .containsPattern("late event loop.*\n.*main runs \\((threads|hotspot)\\)");
        assertThat(answer.err())
                .contains("warning: com.acme.Early was loaded before it could be woven; it stays")
                .contains("warning: com.acme.Late was loaded before it could be woven; it stays")
                .contains("1 of 1 classes of the program woven");
    }

    @Test
    void attachedInVainItEndsNothing() throws Exception {
        Answer answer = attach("warnings-as-errors");
        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(answer.out()).contains("not attached").doesNotContain("(woven)");
        assertThat(answer.err()).contains("error: 2 warnings count as errors");
    }
}
