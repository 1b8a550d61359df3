package dev.corona.testkit.guide;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Each row of docs/comparison.md names tests that exist. */
class ComparisonTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");

    /** A method with one of JUnit's or the test kit's annotations for tests. */
    private static final Pattern METHOD =
            Pattern.compile("@(?:\\w*Test|TestFactory)\\b[^;{]*?\\s(\\w+)\\([^;{]*\\{");

    private static List<String> rows() throws IOException {
        return Files.readAllLines(ROOT.resolve("docs/comparison.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| |"))
                .toList();
    }

    /** The tests of all modules, by the simple names of their classes. */
    private static Map<String, Set<String>> tests() throws IOException {
        Map<String, Set<String>> tests = new HashMap<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path module : modules.toList()) {
                Path sources = module.resolve("src/test/java");
                if (Files.isDirectory(sources)) addTests(sources, tests);
            }
        }
        return tests;
    }

    private static void addTests(Path sources, Map<String, Set<String>> tests) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                Set<String> methods = tests.computeIfAbsent(name, key -> new TreeSet<>());
                Matcher method = METHOD.matcher(Files.readString(file));
                while (method.find()) methods.add(method.group(1));
            }
        }
    }

    @Test
    void everyRowNamesTestsThatExist() throws IOException {
        Map<String, Set<String>> tests = tests();
        List<String> rows = rows();
        assertThat(rows).hasSizeGreaterThan(50);
        for (String row : rows) {
            List<String> cells = List.of(row.substring(2, row.length() - 2).split(" \\| "));
            assertThat(cells).as(row).hasSize(6).doesNotContain("");
            Matcher named = TEST.matcher(cells.getLast());
            int count = 0;
            for (; named.find(); count++)
                assertThat(tests.getOrDefault(named.group(1), Set.of()))
                        .as("tests of %s, which this row names: %s", named.group(1), row)
                        .contains(named.group(2));
            assertThat(count).as("tests in %s", row).isPositive();
        }
    }

    @Test
    void aTestThatDoesNotExistIsNoTest() throws IOException {
        assertThat(tests().get("ComparisonTest"))
                .containsExactlyInAnyOrder(
                        "everyRowNamesTestsThatExist", "aTestThatDoesNotExistIsNoTest");
    }
}
