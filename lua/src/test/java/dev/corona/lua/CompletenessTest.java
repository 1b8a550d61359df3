package dev.corona.lua;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** docs/lua-completeness.md names tests that there are, and every script of the corpus. */
class CompletenessTest {
    private static final Path PAGE = Path.of("../docs/lua-completeness.md");
    private static final Path CORPUS = Path.of("src/test/resources/corpus");

    /** The tests that each row of the tables names in its last cell. */
    private static List<List<String>> rows() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (String line : Files.readAllLines(PAGE)) {
            if (!line.startsWith("| ") || line.startsWith("| section ")) continue;
            String[] cells = line.substring(1, line.length() - 1).split("\\|", -1);
            rows.add(List.of(cells[cells.length - 1].strip().split(", ")));
        }
        return rows;
    }

    private static List<String> files(Path root, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(f -> root.relativize(f).toString())
                    .filter(f -> f.endsWith(ending))
                    .map(f -> f.substring(0, f.length() - ending.length()))
                    .toList();
        }
    }

    private static boolean isNamedBy(String script, String test) {
        return test.equals(script)
                || (test.endsWith("/*") && script.startsWith(test.substring(0, test.length() - 1)));
    }

    @Test
    void everyRowNamesTestsThatThereAre() throws IOException {
        List<String> scripts = files(CORPUS, ".lua");
        List<String> classes =
                files(Path.of("src/test/java"), ".java").stream()
                        .map(f -> f.substring(f.lastIndexOf('/') + 1))
                        .toList();
        assertThat(rows()).hasSizeGreaterThan(60);
        for (List<String> row : rows()) {
            for (String test : row) {
                boolean known =
                        classes.contains(test.replace("`", ""))
                                || scripts.stream().anyMatch(s -> isNamedBy(s, test));
                assertThat(known).as("the test %s of the row %s", test, row).isTrue();
            }
        }
    }

    @Test
    void everyScriptIsNamed() throws IOException {
        List<String> tests = rows().stream().flatMap(List::stream).toList();
        assertThat(files(CORPUS, ".lua"))
                .allMatch(script -> tests.stream().anyMatch(test -> isNamedBy(script, test)));
    }
}
