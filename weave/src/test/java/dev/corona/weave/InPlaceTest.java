package dev.corona.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.weave.analysis.Twins;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Runs of the weaver that end in the middle, at every point at which a file is written. */
class InPlaceTest {
    private static final String YIELDING =
            "class Helper { static void two(Generator.Yielder<Object> out) { out.yield(1); out.yield(2); } }";
    private static final String QUIET =
            "class Helper { static void two(Generator.Yielder<Object> out) { } }";
    private static final String OTHER =
            "class Helper { static void two(Generator.Yielder<Object> out) { out.yield(3); } }";

    private static final String CALLERS =
            """
            class P {
                static Generator<Object> generator() { return Generator.of(out -> { Q.call(out); Helper.two(out); }); }
            }
            class Q { static void call(Generator.Yielder<Object> out) { Helper.two(out); } }
            class Untouched { int x; }
            """;

    private static final Map<String, Map<String, byte[]>> COMPILED = new HashMap<>();

    @TempDir private Path folder;

    /** The process is gone. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Lets so many files be written; what is written next is lost, or written but nothing after it, or half of it stays behind. */
    private static final class Dying extends WholeFiles {
        private final int how;
        private int left;

        Dying(int left, int how) {
            this.left = left;
            this.how = how;
        }

        @Override
        void write(Path file, byte[] bytes) throws IOException {
            if (left-- > 0) {
                super.write(file, bytes);
                return;
            }
            if (how == 1) super.write(file, bytes);
            if (how == 2) {
                Files.createDirectories(file.getParent());
                Files.write(
                        file.resolveSibling(file.getFileName() + ".weaving"),
                        java.util.Arrays.copyOf(bytes, bytes.length / 2));
            }
            throw new Killed();
        }
    }

    private static Map<String, byte[]> compiled(String helper) {
        return COMPILED.computeIfAbsent(
                helper, h -> Compiled.compile(Compiled.IMPORTS + CALLERS + h));
    }

    private static void put(Path classes, Map<String, byte[]> files, String... names)
            throws IOException {
        Files.createDirectories(classes);
        for (var each : files.entrySet()) {
            if (names.length == 0 || java.util.List.of(names).contains(each.getKey()))
                Files.write(classes.resolve(each.getKey() + ".class"), each.getValue());
        }
    }

    private static InPlace.Result weave(Path root, WholeFiles files) {
        return new InPlace(root.resolve("classes"), root.resolve("state"), name -> true, files)
                .weave(
                        Weaver.of(Weaver.Options.marked(InPlaceTest.class.getClassLoader())),
                        "settings");
    }

    private static Map<String, String> contents(Path root) throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList())
                all.put(
                        root.relativize(file).toString(),
                        java.util.HexFormat.of().formatHex(Files.readAllBytes(file)));
        }
        return all;
    }

    /** What a run without interruption makes of the classes. */
    private Map<String, String> expected(String helper) throws IOException {
        Path root = folder.resolve("expected-" + helper.hashCode());
        if (!Files.exists(root)) {
            put(root.resolve("classes"), compiled(helper));
            weave(root, new WholeFiles());
        }
        return contents(root);
    }

    /** Weaves with an interruption after so many files; answers whether it came to that. */
    private static boolean isKilled(Path root, int after, int how) {
        try {
            weave(root, new Dying(after, how));
            return false;
        } catch (Killed expected) {
            return true;
        }
    }

    @Test
    void aFirstRunMayEndAnywhere() throws Exception {
        int points = 0;
        for (int how = 0; how < 3; how++) {
            for (int after = 0; ; after++, points++) {
                Path root = folder.resolve("first-" + how + "-" + after);
                put(root.resolve("classes"), compiled(YIELDING));
                boolean killed = isKilled(root, after, how);
                weave(root, new WholeFiles());
                assertThat(contents(root))
                        .as("killed after %d, %d", after, how)
                        .isEqualTo(expected(YIELDING));
                assertThat(weave(root, new WholeFiles()).fresh()).isFalse();
                if (!killed) break;
            }
        }
        assertThat(points).as("points").isGreaterThan(3 * 8);
    }

    @Test
    void aRunAfterAChangeMayEndAnywhere() throws Exception {
        for (String next : new String[] {QUIET, OTHER}) {
            for (int how = 0; how < 3; how++) {
                for (int after = 0; ; after++) {
                    Path root = folder.resolve("next-" + next.hashCode() + how + "-" + after);
                    put(root.resolve("classes"), compiled(YIELDING));
                    weave(root, new WholeFiles());
                    put(root.resolve("classes"), compiled(next), "Helper");
                    boolean killed = isKilled(root, after, how);
                    weave(root, new WholeFiles());
                    assertThat(contents(root))
                            .as("killed after %d, %d", after, how)
                            .isEqualTo(expected(next));
                    if (!killed) break;
                }
            }
        }
    }

    @Test
    void aCompilerMayRunBetweenTheInterruptionAndTheNextRun() throws Exception {
        for (int how = 0; how < 3; how++) {
            for (int after = 0; ; after++) {
                Path root = folder.resolve("compiler-" + how + "-" + after);
                put(root.resolve("classes"), compiled(YIELDING));
                weave(root, new WholeFiles());
                put(root.resolve("classes"), compiled(QUIET), "Helper");
                boolean killed = isKilled(root, after, how);
                put(root.resolve("classes"), compiled(OTHER), "Helper", "Q");
                weave(root, new WholeFiles());
                assertThat(contents(root))
                        .as("killed after %d, %d", after, how)
                        .isEqualTo(expected(OTHER));
                if (!killed) break;
            }
        }
    }

    @Test
    void twoInterruptionsInARowAreMadeGood() throws Exception {
        for (int first = 0; first < 12; first += 2) {
            for (int second = 0; second < 12; second += 2) {
                Path root = folder.resolve("twice-" + first + "-" + second);
                put(root.resolve("classes"), compiled(YIELDING));
                weave(root, new WholeFiles());
                put(root.resolve("classes"), compiled(QUIET), "Helper");
                isKilled(root, first, 0);
                put(root.resolve("classes"), compiled(OTHER), "Helper");
                isKilled(root, second, 1);
                weave(root, new WholeFiles());
                assertThat(contents(root))
                        .as("killed after %d, %d", first, second)
                        .isEqualTo(expected(OTHER));
            }
        }
    }

    @Test
    void aPlainFormThatWasChangedIsNotTaken() throws Exception {
        put(folder.resolve("classes"), compiled(YIELDING));
        weave(folder, new WholeFiles());
        Path kept = folder.resolve("state/plain/Q.class");
        assertThat(kept).exists();
        Files.writeString(kept, "damaged");
        assertThatThrownBy(() -> weave(folder, new WholeFiles()))
                .isInstanceOf(WeaveException.class)
                .hasMessageContaining("Q.class is woven already, and its plain form is not in ")
                .hasMessageContaining("compile it anew");
        assertThat(Twins.areIn(Files.readAllBytes(folder.resolve("classes/Q.class")))).isTrue();
    }
}
