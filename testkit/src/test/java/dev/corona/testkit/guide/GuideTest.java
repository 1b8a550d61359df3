package dev.corona.testkit.guide;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The code of the guide is the code of the tests beside this one, which are compiled and run. */
class GuideTest {
    private static final Path SOURCES = Path.of("src/test/java/dev/corona/testkit/guide");

    private static final Pattern CODE =
            Pattern.compile(
                    "(?:<!-- snippet: ([\\w-]+) -->\\n)?```java\\n(.*?)```", Pattern.DOTALL);

    private static final Pattern REGION =
            Pattern.compile(
                    "^ *// region ([\\w-]+)\\n(.*?)^ *// end$", Pattern.DOTALL | Pattern.MULTILINE);

    private static String guide() throws IOException {
        return Files.readString(Path.of("..", "docs", "coroutines-in-java.md"));
    }

    private static Map<String, String> regions() throws IOException {
        Map<String, String> regions = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.sorted().toList()) {
                REGION.matcher(Files.readString(file))
                        .results()
                        .forEach(r -> assertThat(regions.put(r.group(1), code(r))).isNull());
            }
        }
        return regions;
    }

    private static String code(MatchResult region) {
        return region.group(2).stripTrailing().stripIndent() + "\n";
    }

    @Test
    void allCodeOfTheGuideIsCompiledAndRun() throws IOException {
        Map<String, String> regions = regions();
        List<String> shown = new ArrayList<>();
        for (MatchResult block : CODE.matcher(guide()).results().toList()) {
            assertThat(block.group(1)).as("the name of\n%s", block.group(2)).isNotNull();
            assertThat(block.group(2))
                    .as("snippet %s", block.group(1))
                    .isEqualTo(regions.get(block.group(1)));
            shown.add(block.group(1));
        }
        assertThat(shown)
                .hasSizeGreaterThan(25)
                .containsExactlyInAnyOrderElementsOf(regions.keySet());
    }
}
