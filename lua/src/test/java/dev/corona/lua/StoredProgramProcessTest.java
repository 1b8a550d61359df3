package dev.corona.lua;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corona.lua.runtime.SystemHost;
import dev.corona.snapshot.SnapshotOptions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A program outlives its process, even one that is killed, with what is suspended in it. */
class StoredProgramProcessTest {
    /** What kill -9 gives on every Unix. */
    private static final int KILLED = 128 + 9;

    @TempDir private Path folder;

    /** What the processes do: {@code run}, {@code store} or {@code resume} the program; a host object goes by its name. */
    static final class Child {
        private static final SnapshotOptions OPTIONS =
                SnapshotOptions.of(Child.class.getClassLoader()).withKey(new byte[] {1, 2, 3});

        private static final String PROGRAM =
                """
                local shared = { name = 'shared' }
                shared.self = shared
                local mt = {
                  __lt = function(a, b) waits('comparing ' .. a.n .. ' and ' .. b.n) return a.n < b.n end,
                  __index = function(t, k) waits('reading ' .. k) return k .. '?' end,
                }
                local function value(n) return setmetatable({ n = n }, mt) end
                local function inner()
                  local list = { value(3), value(1), value(2) }
                  table.sort(list, function(a, b) return a < b end)
                  coroutine.yield(list[1].n .. list[2].n .. list[3].n)
                  coroutine.yield(list[1].missing)
                  return 'inner has ended'
                end
                local function around(body)
                  local co = coroutine.wrap(body)
                  return function()
                    while true do
                      local x = co()
                      if x == 'inner has ended' then return x end
                      coroutine.yield(x)
                    end
                  end
                end
                local outer = coroutine.wrap(around(around(inner)))
                print(outer())
                print(outer())
                print(outer(), shared.self == shared, shared.name)
                """;

        private static LuaRuntime runtime() {
            LuaRuntime lua =
                    LuaRuntime.create(
                            LuaOptions.standard().withAccounting(),
                            new SystemHost(InputStream.nullInputStream(), System.out, System.err));
            lua.set(
                    "waits",
                    arguments -> {
                        lua.requestPause();
                        return null;
                    });
            return lua;
        }

        public static void main(String[] arguments) throws Exception {
            Path file = Path.of(arguments[1]);
            switch (arguments[0]) {
                case "run" -> end(runtime());
                case "store" -> store(Integer.parseInt(arguments[2]), file);
                default -> {
                    byte[] stored = Files.readAllBytes(file);
                    LuaRun run = LuaSnapshot.ofBytes(stored).restore(runtime(), OPTIONS);
                    while (run.resume() != LuaRun.Outcome.FINISHED) {}
                    System.out.flush();
                }
            }
        }

        private static void end(LuaRuntime lua) {
            LuaRun run = lua.start(lua.load(PROGRAM, "@program.lua"));
            int pauses = 0;
            while (run.resume() != LuaRun.Outcome.FINISHED) pauses++;
            System.out.println("pauses: " + pauses);
        }

        private static void store(int pauses, Path file) throws Exception {
            LuaRuntime lua = runtime();
            LuaRun run = lua.start(lua.load(PROGRAM, "@program.lua"));
            for (int i = 0; i < pauses; i++) run.resume();
            Files.write(file, LuaSnapshot.of(run, OPTIONS).toBytes());
            System.out.println("stored");
            // until it is killed, or its parent is gone
            System.in.read();
        }
    }

    private Process start(String... arguments) throws IOException {
        String[] command = new String[arguments.length + 4];
        command[0] = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        command[1] = "-cp";
        command[2] = System.getProperty("java.class.path");
        command[3] = Child.class.getName();
        System.arraycopy(arguments, 0, command, 4, arguments.length);
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static String output(Process process) throws IOException, InterruptedException {
        String all = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return all;
    }

    /** What the first process prints until it is killed, having stored the program at a pause. */
    private String storeAndKill(int pauses, Path file) throws IOException, InterruptedException {
        Process process = start("store", file.toString(), "" + pauses);
        StringBuilder printed = new StringBuilder();
        try (BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); !"stored".equals(line); line = out.readLine()) {
                assertThat(line).isNotNull();
                printed.append(line).append('\n');
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(KILLED);
        return printed.toString();
    }

    @Test
    void goesOnInANewProcessAfterItsOwnWasKilled() throws Exception {
        Path file = folder.resolve("program");
        String whole = output(start("run", file.toString()));
        int pauses = Integer.parseInt(whole.replaceAll("(?s).*pauses: (\\d+)\\s*", "$1"));
        assertThat(pauses).isGreaterThanOrEqualTo(3);
        for (int at : new int[] {1, 2, pauses}) {
            String before = storeAndKill(at, file);
            String after = output(start("resume", file.toString()));
            assertThat(before + after + "pauses: " + pauses + "\n").isEqualTo(whole);
        }
    }
}
