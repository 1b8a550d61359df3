package dev.corona.weave.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corona.weave.agent.Program.Answer;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Programs that no build has woven, run under the agent. */
class AgentTest {
    private static final String IMPORTS =
            """
            package com.acme;
            import dev.corona.*;
            import dev.corona.async.*;
            import dev.corona.snapshot.*;
            import java.time.Duration;
            import java.util.*;
            """;

    private static final String MAIN =
            IMPORTS
                    + """
                    public class Main {
                        public static void main(String[] args) {
                            Generator<Integer> numbers = Generator.of(out -> Helper.emit(out, 7));
                            System.out.println("next " + numbers.next());
                            System.out.println(Snapshots.calls(numbers));
                            Corona.run(LoopClock.virtual(), () -> {
                                Corona.spawn("sleeper", () -> Helper.rest());
                                Corona.sleep(Duration.ofMillis(1));
                                System.out.println(Corona.dump());
                                return null;
                            });
                        }
                    }
                    """;

    private static final String HELPER =
            IMPORTS
                    + """
                    public class Helper {
                        public static void emit(Generator.Yielder<Integer> out, int i) { out.yield(i); }
                        public static Object rest() { Corona.sleep(Duration.ofMillis(50)); return null; }
                        public static int unused() { return 1; }
                    }
                    """;

    private static final String ESCAPE =
            IMPORTS
                    + """
                    class Escape {
                        static Generator<Integer> all(List<Integer> list) {
                            return Generator.of(out -> list.forEach(x -> out.yield(x)));
                        }
                    }
                    """;

    @TempDir private Path folder;
    private Program program;

    @BeforeEach
    void open() {
        program = new Program(folder);
    }

    private static Map<String, String> sources(String... names) {
        Map<String, String> all = new HashMap<>();
        all.put("com/acme/Main", MAIN);
        all.put("com/acme/Helper", HELPER);
        for (String name : names) all.put("com/acme/" + name, ESCAPE);
        return all;
    }

    private static String path(Path... elements) {
        StringBuilder path = new StringBuilder(Program.CORE.toString());
        for (Path each : elements) path.append(File.pathSeparator).append(each);
        return path.toString();
    }

    private Answer run(String options, Path... elements) throws Exception {
        return program.under(options).run("-cp", path(elements), "com.acme.Main");
    }

    private static void assertWoven(Answer answer) {
        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(answer.out())
                .contains("next 7", "com.acme.Helper.emit")
                .containsPattern("main runs \\(woven\\)")
                .containsPattern("sleeper waits .*\\(woven\\)");
    }

    @Test
    void generatorsAndTasksOfAJarThatNobodyWoveAreWoven() throws Exception {
        Path jar = program.jar(program.compile("app", sources()));
        Answer answer = run("", jar);
        assertWoven(answer);
        assertThat(answer.err())
                .containsPattern(
                        "^corona-weave: 2 of 2 classes of the program woven in \\d+ ms\n$");
    }

    @Test
    void withoutTheAgentTheyAreNot() throws Exception {
        Path jar = program.jar(program.compile("app", sources()));
        Answer answer = program.run("-cp", path(jar), "com.acme.Main");
        assertThat(answer.out()).contains("next 7").doesNotContain("(woven)");
    }

    @Test
    void quietSaysNothing() throws Exception {
        Answer answer = run("quiet,weave=com.acme.**", program.compile("app", sources()));
        assertWoven(answer);
        assertThat(answer.err()).isEmpty();
    }

    @Test
    void theReportMayGoToAFile() throws Exception {
        Path file = folder.resolve("report.txt");
        Answer answer = run("report=" + file, program.compile("app", sources("Escape")));
        assertWoven(answer);
        assertThat(answer.err()).isEmpty();
        assertThat(Files.readString(file))
                .contains("corona-weave: warning: com.acme.Escape.lambda$all$0: a lambda")
                .contains("corona-weave: 3 of 3 classes of the program woven");
    }

    @Test
    void aRefusalIsPrintedAndTheProgramRuns() throws Exception {
        Answer answer = run("", program.compile("app", sources("Escape")));
        assertWoven(answer);
        assertThat(answer.err())
                .contains("corona-weave: warning: com.acme.Escape.lambda$all$0: a lambda that can")
                .contains("is handed to java.util.List.forEach, which is not woven")
                .contains("(line 9)");
    }

    @Test
    void warningsThatCountAsErrorsKeepTheProgramFromStarting() throws Exception {
        Path classes = program.compile("app", sources("Escape"));
        Answer answer = run("warnings-as-errors", classes);
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err())
                .contains("corona-weave: warning: com.acme.Escape.lambda$all$0")
                .endsWith(
                        "corona-weave: error: 1 warning counts as an error: mend what is named,"
                                + " or accept what is fine by accept=CALLEE\n");
        assertWoven(
                new Program(folder)
                        .under("warnings-as-errors,accept=java.util.List.forEach")
                        .run("-cp", path(classes), "com.acme.Main"));
    }

    @Test
    void aWrongOptionIsExplained() throws Exception {
        Answer answer = run("wave=com.acme.**");
        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err())
                .startsWith("corona-weave: error: unknown option wave\nusage: java -javaagent:")
                .contains("exclude=PATTERN", "warnings-as-errors");
    }

    @Test
    void aReportThatCannotBeWrittenIsExplained() throws Exception {
        Answer answer = run("report=" + folder.resolve("no/such/report.txt"));
        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err())
                .contains("no/such/report.txt cannot be written")
                .contains("name a file in a folder that exists");
    }

    @Test
    void patternsSayWhatIsWoven() throws Exception {
        Path classes = program.compile("app", sources());
        Answer answer =
                run("weave=com.acme.Helper,weave=org.none.*,exclude=com.acme.Main", classes);
        assertThat(answer.code()).isNotNegative();
        assertThat(answer.out()).contains("next 7").doesNotContain("(woven)");
        assertThat(answer.err())
                .contains("weave=org.none.* matches no class of the program so far")
                .contains("1 of 1 classes of the program woven");
    }

    @Test
    void whatIsWovenAlreadyStaysAsItIs() throws Exception {
        Path classes = program.compile("app", sources());
        weaveInPlace(classes);
        Answer answer = run("", classes);
        assertWoven(answer);
        assertThat(answer.err()).isEqualTo("corona-weave: nothing of the program is to be woven\n");
    }

    private void weaveInPlace(Path classes) throws Exception {
        Answer woven =
                new Program(folder)
                        .run(
                                "-jar",
                                program.agent().toString(),
                                "--class-path",
                                path(),
                                classes.toString());
        assertThat(woven.code()).as(woven.err()).isZero();
    }

    @Test
    void whatWasCompiledAnewIsWovenAgainstWhatIsWoven() throws Exception {
        Path classes = program.compile("app", sources());
        byte[] plain = Files.readAllBytes(classes.resolve("com/acme/Helper.class"));
        weaveInPlace(classes);
        Files.write(classes.resolve("com/acme/Helper.class"), plain);
        Answer answer = run("", classes);
        assertWoven(answer);
        assertThat(answer.err()).contains("1 of 2 classes of the program woven");
    }

    @Test
    void whatWasCompiledAnewNeedNotUseCoronaItself() throws Exception {
        String middle =
                "package com.acme; class Middle { static Object go() { return Helper.rest(); } }";
        Path classes =
                program.compile(
                        "app",
                        Map.of(
                                "com/acme/Main",
                                MAIN.replace("Helper.rest()", "Middle.go()"),
                                "com/acme/Helper",
                                HELPER,
                                "com/acme/Middle",
                                middle));
        byte[] plain = Files.readAllBytes(classes.resolve("com/acme/Middle.class"));
        weaveInPlace(classes);
        Files.write(classes.resolve("com/acme/Middle.class"), plain);
        Answer answer = run("", classes);
        assertWoven(answer);
        assertThat(answer.out()).contains("com.acme.Middle.go");
        assertThat(answer.err()).contains("1 of 3 classes of the program woven");
    }

    @Test
    void wovenCodeThatDoesNotFitWhatWasCompiledAnewIsNamed() throws Exception {
        Path classes = program.compile("app", sources());
        weaveInPlace(classes);
        String changed = HELPER.replace("Corona.sleep(Duration.ofMillis(50));", "");
        program.compile("app", Map.of("com/acme/Helper", changed));
        Answer answer = run("", classes);
        assertThat(answer.err())
                .contains(
                        "warning: com.acme.Main was woven when com.acme.Helper had a resumable form of rest, which it has no more; compile both anew");
    }

    @Test
    void aJarsManifestLeadsToOthers() throws Exception {
        Path helper = program.compile("helper", Map.of("com/acme/Helper", HELPER));
        Path lib = program.jar(helper);
        Path main = program.compile("main", Map.of("com/acme/Main", MAIN), "-cp", path(helper));
        Path jar =
                program.jar(
                        main,
                        Map.of(
                                "Main-Class",
                                "com.acme.Main",
                                "Class-Path",
                                lib.getFileName() + " " + Program.CORE.toUri()));
        Answer answer = program.under("").run("-jar", jar.toString());
        assertWoven(answer);
        assertThat(answer.err()).contains("2 of 2 classes");
    }

    @Test
    void aBrokenClassFileIsNamedAndLeft() throws Exception {
        Path classes = program.compile("app", sources());
        Files.writeString(classes.resolve("com/acme/Torn.class"), "no class");
        Files.copy(
                classes.resolve("com/acme/Helper.class"), classes.resolve("com/acme/Copy.class"));
        Files.writeString(folder.resolve("notes.txt"), "no jar");
        Answer answer = run("", classes, folder.resolve("notes.txt"));
        assertWoven(answer);
        assertThat(answer.err())
                .contains("warning: com/acme/Torn.class in " + classes + " is not a class file")
                .contains(
                        "warning: com/acme/Copy.class in "
                                + classes
                                + " holds class com.acme.Helper")
                .contains("notes.txt cannot be read")
                .contains("2 of 2 classes");
    }

    @Test
    void anotherAgentMayChangeAClassFirst() throws Exception {
        Path jar = program.jar(program.compile("app", sources()));
        Answer answer =
                program.with(meddler("com.acme.Helper"))
                        .under("")
                        .run("-cp", path(jar), "com.acme.Main");
        assertWoven(answer);
        assertThat(answer.err()).doesNotContain("error");
    }

    @Test
    void anotherAgentMayTakeAwayWhatNobodyCalls() throws Exception {
        Path jar = program.jar(program.compile("app", sources()));
        assertWoven(
                program.with(meddler("com.acme.Helper#unused"))
                        .under("")
                        .run("-cp", path(jar), "com.acme.Main"));
    }

    @Test
    void aMethodThatAnotherAgentTookAwayIsNamed() throws Exception {
        Path jar = program.jar(program.compile("app", sources()));
        Answer answer =
                program.with(meddler("com.acme.Helper#rest"))
                        .under("")
                        .run("-cp", path(jar), "com.acme.Main");
        assertThat(answer.err())
                .contains(
                        "corona-weave: error: com.acme.Helper is not as it was when its callers were woven: it has no resumable [rest(");
    }

    private String meddler(String what) throws IOException {
        Path classes = folder.resolve("meddler/dev/corona/weave/agent");
        Files.createDirectories(classes);
        String name = Meddler.class.getSimpleName() + ".class";
        try (var in = Meddler.class.getResourceAsStream(name)) {
            Files.copy(in, classes.resolve(name));
        }
        Path jar =
                program.jar(
                        folder.resolve("meddler"),
                        Map.of("Premain-Class", Meddler.class.getName()));
        return "-javaagent:" + jar + "=" + what;
    }
}
