package dev.corona.lua;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The code of the Lua guide compiles, and does what the guide says. */
class GuideTest {
    private static final Pattern SNIPPET =
            Pattern.compile("<!-- snippet -->\\s+```java\\n(.*?)```", Pattern.DOTALL);

    @Test
    void theSnippetsOfThePageAreThoseThatAreCompiled() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "lua.md"));
        Path source = Path.of("src/test/java/dev/corona/lua/GuideSnippets.java");
        String code = squeezed(Files.readString(source));
        List<MatchResult> snippets = SNIPPET.matcher(page).results().toList();
        assertThat(snippets).hasSizeGreaterThanOrEqualTo(10);
        for (MatchResult snippet : snippets) {
            assertThat(code).contains(squeezed(snippet.group(1)));
        }
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s", "");
    }

    @Test
    void embeddingDoesWhatItSays() {
        assertThat(GuideSnippets.hello()).containsExactly("hello", 42L);
        assertThat(GuideSnippets.callback()).isEqualTo(3L);
        assertThat(GuideSnippets.failure())
                .startsWith("conf.lua:2: attempt to index a nil value (local 't')");
        assertThat(GuideSnippets.shared()).containsExactly(2L, 1L);
        assertThat(GuideSnippets.waiting(GuideSnippets.page())).containsExactly(5L);
    }

    @Test
    void objectsDoWhatTheySay() {
        assertThat(GuideSnippets.object()).containsExactly("Ann", 5L, null);
        assertThat(GuideSnippets.implementation()).containsExactly("a", "bb", "ccc");
    }

    @Test
    void budgetsDoWhatTheySay() {
        assertThat(GuideSnippets.budget()).isEqualTo("still busy");
    }

    @Test
    void storingDoesWhatItSays() {
        ClassLoader loader = GuideTest.class.getClassLoader();
        assertThat(GuideSnippets.stored(loader, new byte[] {7})).containsExactly(500500L);
    }

    @Test
    void aSchedulerSharesAThreadFairlyAmongHostileScripts() {
        String[] sources = {
            "while true do end",
            "local s = 0 for i = 1, 1000 do s = s + i end return s",
            "return ('a'):rep(300):find(('a-'):rep(20) .. 'b')",
            "local t = {} for i = 1, 1e9 do t[i] = {} end",
            "error('no')",
        };
        List<LuaRun> runs = new java.util.ArrayList<>();
        for (String source : sources) {
            LuaRuntime lua = LuaRuntime.create(GuideSnippets.untrusted());
            runs.add(lua.start(lua.load(source, "=script")));
        }
        List<String> log = GuideSnippets.schedule(runs, 10_000, 2_000_000);
        assertThat(log.get(0)).isEqualTo("1 [500500]");
        assertThat(log.get(1)).startsWith("4 script:1: no");
        assertThat(log).contains("0 dropped", "2 dropped").hasSize(5);
        assertThat(log).anyMatch(line -> line.startsWith("3 not enough memory"));
    }
}
