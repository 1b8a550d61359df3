package dev.corona.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.corona.lua.LuaRun.Outcome;
import dev.corona.lua.runtime.SystemHost;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Scripts that mean harm. The first line of each says how it is to end under the limits here: {@code ends}, {@code fails: message},
 * {@code stops: limit}, or {@code pauses}, which is to say that its ticks are spent. Whatever it does, the host goes on.
 */
class HostileScriptsTest {
    private static final Path SCRIPTS = Path.of("src/test/resources/hostile");

    /** What one that is to pause gets, and one that is to end by itself. */
    private static final long TICKS = 300_000;

    private static final long MANY_TICKS = 200_000_000;
    private static final long PORTION = 10_000;

    /** For a machine that is busy with other things; a hung script would take for ever. */
    private static final Duration WATCHDOG = Duration.ofMinutes(3);

    private static final LuaOptions OPTIONS =
            LuaOptions.standard().withMaxMemoryBytes(16 << 20).withMaxStringBytes(4 << 20);

    static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            return files.sorted().toList();
        }
    }

    private static LuaRuntime quietRuntime() {
        OutputStream nowhere = OutputStream.nullOutputStream();
        return LuaRuntime.create(
                OPTIONS, new SystemHost(InputStream.nullInputStream(), nowhere, nowhere));
    }

    /** How a script ended, in the words of their first lines. */
    private static String outcome(LuaRuntime lua, byte[] script, String name, long ticks) {
        try {
            LuaRun run = lua.start(lua.load(script, "=" + name));
            for (long spent = 0; spent < ticks; spent += PORTION) {
                if (run.resume(PORTION) == Outcome.FINISHED) return "ends";
                assertThat(run.spent()).as("ticks of a portion").isBetween(0L, PORTION + 1);
            }
            return "pauses";
        } catch (LuaLimitException e) {
            return "stops: " + e.limit();
        } catch (LuaException e) {
            return "fails: " + e.getMessage();
        }
    }

    private static void requireAlive(LuaRuntime lua) {
        LuaRun next =
                lua.start(lua.load("local t = {} for i = 1, 100 do t[i] = i end return #t", "=n"));
        assertThat(next.resume(1_000_000)).isEqualTo(Outcome.FINISHED);
        assertThat(next.results()).containsExactly(100L);
    }

    @Test
    void areMany() throws IOException {
        assertThat(scripts()).hasSizeGreaterThan(80);
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void leaveTheHostAliveAndInBudget(Path script) throws IOException {
        byte[] text = Files.readAllBytes(script);
        String first = new String(text, StandardCharsets.UTF_8).lines().findFirst().orElseThrow();
        String expected = first.substring("-- ".length());
        LuaRuntime lua = quietRuntime();
        String name = script.getFileName().toString();
        long ticks = expected.equals("pauses") ? TICKS : MANY_TICKS;
        String outcome = assertTimeoutPreemptively(WATCHDOG, () -> outcome(lua, text, name, ticks));
        if (expected.startsWith("fails: ")) {
            assertThat(outcome).startsWith("fails: ").contains(expected.substring(7));
        } else {
            assertThat(outcome).isEqualTo(expected);
        }
        requireAlive(lua);
        requireUnchanged(quietRuntime());
    }

    /** What a script did to its globals and to the metatable of strings stays in its runtime. */
    private static void requireUnchanged(LuaRuntime next) {
        String check = "return ('%d'):format(7), ('x').anything, type(setmetatable), kept";
        assertThat(next.run(check)).containsExactly("7", null, "function", null);
    }
}
