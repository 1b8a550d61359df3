package dev.corona.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corona.weave.analysis.Twins;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The weaver's command, on folders that are compiled as a build tool would. */
class MainTest {
    private static final String GENERATOR =
            Compiled.IMPORTS
                    + """
                    class P {
                        static Generator<Object> generator() { return Generator.of(out -> { Helper.two(out); }); }
                    }
                    class Helper {
                        static void two(Generator.Yielder<Object> out) { out.yield(1); out.yield(2); }
                    }
                    """;

    private static final String ESCAPE =
            Compiled.IMPORTS
                    + """
                    class P {
                        static Generator<Object> generator() {
                            return Generator.of(out -> {
                                List.of(1, 2).forEach(x -> out.yield(x));
                            });
                        }
                    }
                    """;

    @TempDir private Path folder;

    /** What a run of the command answered. */
    private record Answer(int code, String out, String err) {}

    private Path classes() {
        return folder.resolve("classes");
    }

    private void compile(String source) throws IOException {
        for (Map.Entry<String, byte[]> c : Compiled.compile(source).entrySet())
            Files.write(
                    Files.createDirectories(classes()).resolve(c.getKey() + ".class"),
                    c.getValue());
    }

    private Answer weave(String... more) {
        String path = classes() + File.pathSeparator + System.getProperty("java.class.path");
        List<String> arguments = new ArrayList<>(List.of("--class-path", path));
        arguments.addAll(List.of(more));
        arguments.add(classes().toString());
        return run(arguments);
    }

    private static Answer run(List<String> arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(arguments, printer(out), printer(err));
        return new Answer(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream printer(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(classes().resolve(name + ".class"));
    }

    private Class<?> load() throws IOException {
        Map<String, byte[]> all = new HashMap<>();
        try (var files = Files.list(classes())) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                all.put(name.substring(0, name.length() - 6), Files.readAllBytes(file));
            }
        }
        return Compiled.load(all);
    }

    @Test
    void weavesAFolderInPlace() throws Exception {
        compile(GENERATOR);
        assertThat(weave()).isEqualTo(new Answer(0, "Woven: 2 classes\n", ""));
        assertThat(Twins.areIn(bytes("P"))).isTrue();
        assertThat(Twins.areIn(bytes("Helper"))).isTrue();
        var generator = (Iterable<?>) Compiled.call(load(), "generator");
        assertThat(generator).map(Object::toString).containsExactly("1", "2");
    }

    @Test
    void aSecondRunDoesNothing() throws Exception {
        compile(GENERATOR);
        weave();
        byte[] before = bytes("P");
        assertThat(weave()).isEqualTo(new Answer(0, "Woven: nothing to do\n", ""));
        assertThat(bytes("P")).isEqualTo(before);
        assertThat(weave("--quiet").out()).isEmpty();
    }

    @Test
    void aChangedClassChangesThoseThatCallIt() throws Exception {
        compile(GENERATOR);
        weave();
        compile(
                Compiled.IMPORTS
                        + "class Helper { static void two(Generator.Yielder<Object> out) { System.getProperty(\"x\"); } }");
        assertThat(weave().out()).startsWith("Woven: ").doesNotContain("nothing");
        assertThat(Twins.areIn(bytes("Helper"))).isFalse();
        assertThat(Twins.areIn(bytes("P"))).isFalse();
        compile(GENERATOR);
        weave();
        assertThat(Twins.areIn(bytes("P"))).isTrue();
    }

    @Test
    void forgetsAClassThatIsGone() throws Exception {
        compile(GENERATOR + "class Gone {}");
        weave();
        Files.delete(classes().resolve("Gone.class"));
        assertThat(weave().out()).doesNotContain("nothing");
        assertThat(folder.resolve("classes-weave/plain/P.class")).exists();
        assertThat(folder.resolve("classes-weave/plain/Gone.class")).doesNotExist();
    }

    @Test
    void refusesAWovenClassWhosePlainFormIsLost() throws Exception {
        compile(GENERATOR);
        weave();
        Answer answer = weave("--state", folder.resolve("elsewhere").toString());
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err())
                .startsWith("corona-weave: ")
                .contains(".class is woven already, and its plain form is not in ")
                .contains("compile it anew");
    }

    @Test
    void warnsOfALambdaThatIsHandedOut() throws Exception {
        compile(ESCAPE);
        Answer answer = weave();
        assertThat(answer.code()).isZero();
        assertThat(answer.err())
                .isEqualTo(
                        "warning: P.lambda$generator$0: a lambda that can suspend is handed to java.util.List.forEach, which is not woven;"
                                + " if that calls it, it cannot suspend: write a loop instead, or weave that method too (line 7)\n");
        assertThat(weave().err()).as("again, though nothing was to do").isEqualTo(answer.err());
    }

    @Test
    void warningsMayCountAsErrors() throws Exception {
        compile(ESCAPE);
        assertThat(weave("--warnings-as-errors").code()).isEqualTo(1);
        assertThat(weave("--warnings-as-errors").code()).as("again").isEqualTo(1);
    }

    @Test
    void aCaseThatIsFineMayBeAccepted() throws Exception {
        compile(ESCAPE);
        assertThat(weave("--warnings-as-errors", "--accept", "java.util.List.forEach"))
                .isEqualTo(new Answer(0, "Woven: 1 class\n", ""));
        assertThat(weave("--accept", "java.util.**").err()).isEmpty();
        assertThat(weave("--accept", "java.util.Set.forEach").err()).isNotEmpty();
    }

    @Test
    void anExcludedClassStaysAsItIs() throws Exception {
        compile(GENERATOR);
        byte[] plain = bytes("Helper");
        weave("--exclude", "Helper");
        assertThat(bytes("Helper")).isEqualTo(plain);
        weave();
        assertThat(Twins.areIn(bytes("Helper"))).isTrue();
        weave("--exclude", "Helper");
        assertThat(bytes("Helper")).as("plain again").isEqualTo(plain);
    }

    @Test
    void everythingMayBeWoven() throws Exception {
        compile("class P { int f(int x) { return x + 1; } }");
        assertThat(weave().out()).isEqualTo("Woven: 0 classes\n");
        weave("--everything");
        assertThat(Twins.areIn(bytes("P"))).isTrue();
    }

    @Test
    void anEmptyFolderIsFine() throws IOException {
        Files.createDirectories(classes());
        assertThat(weave().code()).isZero();
    }

    @Test
    void saysWhatIsWrongWithTheUsage() {
        assertThat(run(List.of())).extracting(Answer::code).isEqualTo(2);
        assertThat(run(List.of()).err())
                .startsWith("corona-weave: a folder of class files is missing\nusage: ");
        assertThat(run(List.of("--nonsense", "x")).err())
                .startsWith("corona-weave: unknown option --nonsense\n");
        assertThat(run(List.of("--accept")).err())
                .startsWith("corona-weave: --accept needs a value\n");
        assertThat(run(List.of("a", "b")).err()).contains("there are a and b");
        assertThat(run(List.of("no/such/folder")).err()).contains("no/such/folder is not a folder");
    }

    @Test
    void refusesAClassPathEntryThatIsNoJar() throws Exception {
        compile(GENERATOR);
        Path text = Files.writeString(folder.resolve("notes.txt"), "no jar");
        Answer answer = run(List.of("--class-path", text.toString(), classes().toString()));
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err()).contains("notes.txt is neither a folder nor a jar");
    }

    @Test
    void followsCallsOfTypesOfTheJdk() throws Exception {
        compile(
                Compiled.IMPORTS
                        + """
                        class P {
                            static class Slow implements Iterator<Object> {
                                final Generator.Yielder<Object> out;
                                Slow(Generator.Yielder<Object> out) { this.out = out; }
                                public boolean hasNext() { out.yield("asked"); return false; }
                                public Object next() { return ""; }
                            }
                            static void walk(Iterator<Object> values) { values.hasNext(); }
                            static Generator<Object> generator() {
                                return Generator.of(out -> { walk(new Slow(out)); });
                            }
                        }
                        """);
        assertThat(weave().code()).isZero();
        assertThat(methodsOf("P")).contains("walk dev.corona.woven.Strand");
    }

    @Test
    void weavesWhatIsIncludedAndKnowsTheRest() throws Exception {
        compile(GENERATOR);
        byte[] helper = Files.readAllBytes(classes().resolve("Helper.class"));
        assertThat(weave("--include", "P").code()).isZero();
        assertThat(classes().resolve("Helper.class")).hasBinaryContent(helper);
        assertThat(weave("--include", "Helper", "--include", "P").out()).contains("2 classes");
    }

    /** The names of a woven class's methods, each with its parameter of the protocol if it has one. */
    private List<String> methodsOf(String name) throws IOException {
        return ClassFile.of().parse(classes().resolve(name + ".class")).methods().stream()
                .map(
                        m ->
                                m.methodName().stringValue()
                                        + (Twins.STRAND.equals(secondToLast(m))
                                                ? " dev.corona.woven.Strand"
                                                : ""))
                .toList();
    }

    private static ClassDesc secondToLast(MethodModel m) {
        List<ClassDesc> types = m.methodTypeSymbol().parameterList();
        return types.size() < 2 ? null : types.get(types.size() - 2);
    }
}
