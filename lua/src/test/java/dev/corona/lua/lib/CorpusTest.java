package dev.corona.lua.lib;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corona.errors.SnapshotException;
import dev.corona.lua.LuaOptions;
import dev.corona.lua.LuaRun;
import dev.corona.lua.LuaRuntime;
import dev.corona.lua.LuaSnapshot;
import dev.corona.lua.runtime.SystemHost;
import dev.corona.snapshot.SnapshotOptions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The scripts of the corpus, by section of the manual, print what {@code lua5.4} prints: plainly, paused at every possible point, and
 * moved from runtime to runtime. */
class CorpusTest {
    private static final Path CORPUS = Path.of("src/test/resources/corpus");
    private static final Path SUSPENDING = Path.of("src/test/resources/suspending");
    private static final SnapshotOptions SNAPSHOTS =
            SnapshotOptions.of(CorpusTest.class.getClassLoader());
    private static final Map<Path, String> EXPECTED = new ConcurrentHashMap<>();

    static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.walk(CORPUS)) {
            return files.filter(f -> f.toString().endsWith(".lua")).sorted().toList();
        }
    }

    private static String reference(Path script) {
        return EXPECTED.computeIfAbsent(script, CorpusTest::runReference);
    }

    private static String runReference(Path script) {
        try {
            Process process =
                    new ProcessBuilder("lua5.4", CORPUS.relativize(script).toString())
                            .directory(CORPUS.toFile())
                            .redirectErrorStream(true)
                            .start();
            process.getOutputStream().close();
            byte[] output = process.getInputStream().readAllBytes();
            assertThat(process.waitFor()).as("exit status of lua5.4 %s", script).isZero();
            return new String(output, StandardCharsets.ISO_8859_1);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("lua5.4 must be installed", e);
        }
    }

    private static String run(Path script, String name, boolean paused) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SystemHost host = new SystemHost(InputStream.nullInputStream(), out, out);
        LuaOptions options = LuaOptions.standard().withProfile(LuaOptions.Profile.FULL);
        LuaRuntime lua = LuaRuntime.create(paused ? options.withAccounting() : options, host);
        LuaRun run = lua.start(lua.load(Files.readAllBytes(script), "@" + name));
        while (run.resume(paused ? 0 : Long.MAX_VALUE) != LuaRun.Outcome.FINISHED) {}
        lua.close();
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    @Test
    void coversEverySectionOfTheManual() throws IOException {
        assertThat(scripts()).hasSizeGreaterThan(280);
        assertThat(scripts().stream().map(f -> section(CORPUS.relativize(f))).distinct())
                .contains("2.1", "2.2", "2.3", "2.4", "2.5", "2.6")
                .contains("3.1", "3.2", "3.3", "3.4", "3.5", "3.6")
                .contains("6.1", "6.2", "6.3", "6.4", "6.5", "6.6", "6.7", "6.8", "6.9", "6.10");
    }

    private static String section(Path script) {
        return script.getName(0).toString().replaceAll("-.*", "");
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void printsWhatTheReferencePrints(Path script) throws IOException {
        String name = CORPUS.relativize(script).toString();
        assertThat(run(script, name, false)).isEqualTo(reference(script));
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void printsTheSamePausedAtEveryPoint(Path script) throws IOException {
        String name = CORPUS.relativize(script).toString();
        assertThat(run(script, name, true)).isEqualTo(reference(script));
    }

    /** Moved to another runtime at the first pause, the second, fourth and so on, unless it holds an open file just then. */
    private static String runMoving(Path script, String name) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LuaRuntime lua = runtime(out);
        LuaRun run = lua.start(lua.load(Files.readAllBytes(script), "@" + name));
        int next = 1;
        for (int pause = 1; run.resume(0) != LuaRun.Outcome.FINISHED; pause++) {
            if (pause < next) continue;
            next *= 2;
            try {
                byte[] stored = LuaSnapshot.of(run, SNAPSHOTS).toBytes();
                lua = runtime(out);
                run = LuaSnapshot.ofBytes(stored).restore(lua, SNAPSHOTS);
            } catch (SnapshotException.Unstorable e) {
                assertThat(e).hasMessageMatching(".*(LuaFile|the file that is io).*");
                assertThat(name).startsWith("6.8");
            }
        }
        lua.close();
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private static LuaRuntime runtime(ByteArrayOutputStream out) {
        return LuaRuntime.create(
                LuaOptions.standard().withProfile(LuaOptions.Profile.FULL).withAccounting(),
                new SystemHost(InputStream.nullInputStream(), out, out));
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void printsTheSameMovedToOtherRuntimes(Path script) throws IOException {
        String name = CORPUS.relativize(script).toString();
        assertThat(runMoving(script, name)).isEqualTo(reference(script));
    }

    /** The reference cannot suspend in all these places, so what they print is written down. */
    @Test
    void yieldsUnderEveryCallbackAndMetamethod() throws IOException {
        Path script = SUSPENDING.resolve("everywhere.lua");
        String expected = Files.readString(SUSPENDING.resolve("everywhere.txt"));
        assertThat(run(script, "everywhere.lua", false)).isEqualTo(expected);
        assertThat(run(script, "everywhere.lua", true)).isEqualTo(expected);
        assertThat(runMoving(script, "everywhere.lua")).isEqualTo(expected);
    }
}
