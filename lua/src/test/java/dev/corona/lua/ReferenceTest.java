package dev.corona.lua;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corona.lua.LuaRun.Outcome;
import dev.corona.lua.runtime.SystemHost;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Scripts print what the reference implementation prints, {@code lua5.4} of the machine: plainly, and paused at every point
 * at which a program can be paused.
 */
class ReferenceTest {
    private static final Path SCRIPTS = Path.of("src/test/resources/dev/corona/lua/scripts");

    static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            return files.sorted().toList();
        }
    }

    private static String reference(Path script) throws Exception {
        Process process =
                new ProcessBuilder("lua5.4", script.getFileName().toString())
                        .directory(script.getParent().toFile())
                        .redirectErrorStream(true)
                        .start();
        byte[] output = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).as("exit of lua5.4 %s", script).isZero();
        return new String(output, StandardCharsets.ISO_8859_1);
    }

    private static String run(Path script, boolean paused) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SystemHost host = new SystemHost(InputStream.nullInputStream(), out, out);
        LuaOptions options = LuaOptions.standard().withProfile(LuaOptions.Profile.FULL);
        LuaRuntime lua = LuaRuntime.create(paused ? options.withAccounting() : options, host);
        LuaRun run = lua.start(lua.load(Files.readAllBytes(script), "@" + script.getFileName()));
        int pauses = 0;
        while (run.resume(paused ? 0 : Long.MAX_VALUE) != Outcome.FINISHED) pauses++;
        if (paused) assertThat(pauses).isPositive();
        lua.close();
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void printsWhatTheReferencePrints(Path script) throws Exception {
        assertThat(run(script, false)).isEqualTo(reference(script));
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void printsTheSamePausedAtEveryPoint(Path script) throws Exception {
        assertThat(run(script, true)).isEqualTo(reference(script));
    }

    @ParameterizedTest
    @EnumSource(LuaOptions.Profile.class)
    void profilesHaveWhatTheyPromise(LuaOptions.Profile profile) {
        LuaRuntime lua = LuaRuntime.create(LuaOptions.standard().withProfile(profile));
        assertThat(lua.get("string") != null).isEqualTo(profile != LuaOptions.Profile.NONE);
        boolean standard = profile.compareTo(LuaOptions.Profile.STANDARD) >= 0;
        assertThat(lua.get("load") != null).isEqualTo(standard);
        assertThat(lua.get("coroutine") != null).isEqualTo(standard);
        assertThat(lua.get("io") != null).isEqualTo(profile == LuaOptions.Profile.FULL);
        assertThat(lua.get("debug") != null).isEqualTo(profile == LuaOptions.Profile.FULL);
    }
}
