package dev.corona.weave;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The code in the documentation is code that compiles. */
class SnapshotSnippetsTest {
    private static final Pattern SNIPPET =
            Pattern.compile("<!-- snippet: (\\w+) -->\\s+```java\\n(.*?)```", Pattern.DOTALL);

    @Test
    void theSnippetsOfThePageAreThoseThatAreCompiled() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "coroutines-as-values.md"));
        String code =
                Files.readString(Path.of("src/test/java/dev/corona/weave/SnapshotSnippets.java"));
        List<MatchResult> snippets = SNIPPET.matcher(page).results().toList();
        assertThat(snippets).hasSize(4);
        for (MatchResult snippet : snippets) {
            for (String part : snippet.group(2).split("\n\n")) {
                assertThat(squeezed(code)).as(snippet.group(1)).contains(squeezed(part));
            }
        }
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s", "");
    }
}
