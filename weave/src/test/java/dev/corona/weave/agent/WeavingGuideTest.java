package dev.corona.weave.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corona.Generator;
import dev.corona.errors.CoroutineStateException;
import dev.corona.weave.Compiled;
import dev.corona.weave.Report;
import dev.corona.weave.Weaver;
import dev.corona.weave.WovenSet;
import dev.corona.weave.agent.Program.Answer;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What docs/weaving.md shows is compiled, woven and run as it stands there. */
class WeavingGuideTest {
    private static final Pattern CLASS_NAME = Pattern.compile("public class (\\w+)");
    private static final ClassLoader HOME = WeavingGuideTest.class.getClassLoader();

    private static String guide;

    @TempDir private Path folder;

    @BeforeAll
    static void read() throws Exception {
        guide = Files.readString(Path.of("..", "docs", "weaving.md"));
    }

    private static List<String> blocks(String language) {
        return Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(guide)
                .results()
                .map(r -> r.group(1))
                .toList();
    }

    /** The lines that the page shows as output. */
    private static List<String> outputs() {
        return Pattern.compile("(?m)^    (\\S.*)$")
                .matcher(guide.replaceAll("(?s)```.*?```", ""))
                .results()
                .map(r -> r.group(1))
                .toList();
    }

    private static Map<String, String> classes() {
        Map<String, String> sources = new java.util.TreeMap<>();
        for (String block : blocks("java")) {
            List<MatchResult> name = CLASS_NAME.matcher(block).results().toList();
            if (!name.isEmpty()) sources.put("com/acme/" + name.getFirst().group(1), block);
        }
        assertThat(sources).containsOnlyKeys("com/acme/Report", "com/acme/Escape", "com/acme/Loop");
        return sources;
    }

    private static WovenSet woven(Map<String, String> sources) {
        return Weaver.of(Weaver.Options.marked(HOME)).weave(Compiled.compile(sources).values());
    }

    private Class<?> load(WovenSet woven, String name) throws Exception {
        for (var each : woven.classes().entrySet()) {
            Path file = folder.resolve(each.getKey().replace('.', '/') + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, each.getValue());
        }
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, HOME).loadClass(name);
    }

    @Test
    void theClassesAreWovenAndGiveTheWarningThatThePageShows() throws Exception {
        WovenSet woven = woven(classes());
        assertThat(woven.changed()).isEqualTo(3);
        List<String> reports = woven.reports().stream().map(Report::toString).toList();
        assertThat(reports).hasSize(1);
        assertThat(outputs()).containsAll(reports);
        var loop = load(woven, "com.acme.Loop").getMethod("all", List.class);
        assertThat((Iterable<?>) loop.invoke(null, List.of(1, 2)))
                .map(Object::toString)
                .containsExactly("0", "1", "2");
    }

    @Test
    void theRefusalIsThatOfThePage() throws Exception {
        var all = load(woven(classes()), "com.acme.Escape").getMethod("all", List.class);
        Generator<?> generator = (Generator<?>) all.invoke(null, new ArrayList<>(List.of(1)));
        assertThat(generator.next()).isEqualTo(0);
        Throwable refusal = catchThrowable(generator::next);
        assertThat(refusal).isInstanceOf(CoroutineStateException.Pinned.class);
        assertThat(outputs()).contains(refusal.getMessage());
    }

    @Test
    void aLargeMethodIsReportedAsThePageShows() {
        String yields = "        out.yield(x++);\n".repeat(2_500);
        String source =
                """
                package com.acme;
                public class Parser {
                    static void table(dev.corona.Generator.Yielder<Integer> out) {
                        // a comment
                        int x = 0;
                %s    }
                }
                """
                        .formatted(yields);
        WovenSet woven = woven(Map.of("com/acme/Parser", source));
        assertThat(woven.reports()).hasSize(1);
        String report = woven.reports().getFirst().toString();
        assertThat(outputs()).contains(report);
    }

    @Test
    void theCallOfTheApiWeaves() throws Exception {
        List<String> calls =
                blocks("java").stream().filter(b -> !CLASS_NAME.matcher(b).find()).toList();
        assertThat(calls).hasSize(1);
        String source =
                """
                import dev.corona.weave.*;
                public class Api {
                    public static WovenSet weave(ClassLoader loader, java.util.Collection<byte[]> classFiles) {
                        %s
                        return woven;
                    }
                }
                """
                        .formatted(calls.getFirst());
        Path classes = new Program(folder).compile("api", Map.of("Api", source));
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, HOME)) {
            var weave =
                    loader.loadClass("Api").getMethod("weave", ClassLoader.class, Collection.class);
            WovenSet woven =
                    (WovenSet) weave.invoke(null, HOME, Compiled.compile(classes()).values());
            assertThat(woven.changed()).isEqualTo(3);
        }
    }

    @Test
    void theCommandsRunAsTheyStand() throws Exception {
        List<String> commands = blocks("console").stream().flatMap(String::lines).toList();
        assertThat(commands).hasSize(3).allMatch(c -> c.startsWith("java -"));
        Map<String, String> report = Map.of("com/acme/Report", classes().get("com/acme/Report"));
        Path classes = new Program(folder).compile("app", report);
        Path jar = new Program(folder).jar(classes);
        for (String command : commands) {
            Program program = new Program(folder);
            String whole =
                    command.replace("corona-weave.jar", program.agent().toString())
                            .replace("corona-core.jar", Program.CORE.toString())
                            .replace("app.jar", jar.toString())
                            .replaceAll(" classes$", " " + classes);
            String[] arguments = whole.split(" ");
            Answer answer = program.with(Arrays.copyOfRange(arguments, 1, arguments.length)).run();
            assertThat(answer.code()).as(command + answer.err()).isZero();
            if (command.contains("-javaagent")) {
                assertThat(answer.out()).isEqualTo("Sales\n- 3\n- 4\n");
                String said = answer.err().strip().replaceAll("\\d+ ms", "N ms");
                assertThat(outputs()).map(o -> o.replaceAll("\\d+ ms", "N ms")).contains(said);
            } else {
                assertThat(answer.out()).isEqualTo("Woven: 1 class\n");
            }
        }
    }

    @Test
    void theTableOfOptionsIsThatOfTheAgent() {
        List<String> table =
                Pattern.compile("(?m)^\\| `([^`]+)` \\|")
                        .matcher(guide)
                        .results()
                        .map(r -> r.group(1))
                        .toList();
        List<String> usage =
                Pattern.compile("(?m)^  (\\S+) {2,}")
                        .matcher(AgentOptions.USAGE)
                        .results()
                        .map(r -> r.group(1))
                        .toList();
        assertThat(table).isNotEmpty().isEqualTo(usage);
    }
}
