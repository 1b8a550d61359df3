package dev.corona.lua;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corona.lua.LuaRun.Outcome;
import dev.corona.lua.runtime.SystemHost;
import dev.corona.snapshot.SnapshotOptions;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** {@code os.exit} where the host does not end the process; the command's tests compare it with the reference. */
class ExitTest {
    private static final String CLOSER =
            "local function c(n) return setmetatable({}, {__close = function() for i = 1, 3 do print(n, i) end end}) end ";

    private static final String PROGRAM =
            CLOSER
                    + """
                    local a <close> = c 'a'
                    pcall(function() local b <close> = c 'b' os.exit(3, true) end)
                    print('never')
                    return 'never'
                    """;

    private static final String CLOSED = "b\t1\nb\t2\nb\t3\na\t1\na\t2\na\t3\n";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<String> exits = new ArrayList<>();

    private final class Recording extends SystemHost {
        Recording() {
            super(InputStream.nullInputStream(), out, out);
        }

        @Override
        public void exit(int status, boolean close) {
            exits.add(status + " " + close);
        }
    }

    private LuaRuntime runtime() {
        return LuaRuntime.create(
                LuaOptions.standard().withProfile(LuaOptions.Profile.FULL).withAccounting(),
                new Recording());
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void closesAndThenAsksTheHostOnce() {
        assertThat(runtime().run(PROGRAM)).isEmpty();
        assertThat(output()).isEqualTo(CLOSED);
        assertThat(exits).containsExactly("3 true");
    }

    @Test
    void withoutClosingTheProgramGoesOnIfTheHostLetsIt() {
        String text = CLOSER + "local a <close> = c 'a' os.exit(3) print('on') return 1";
        assertThat(runtime().run(text)).isEqualTo(List.of(1L));
        assertThat(output()).isEqualTo("on\na\t1\na\t2\na\t3\n");
        assertThat(exits).containsExactly("3 false");
    }

    @Test
    void isPausedWhileItCloses() {
        LuaRuntime lua = runtime();
        LuaRun run = lua.start(lua.load(PROGRAM, "@exit.lua"));
        int pauses = 0;
        while (run.resume(1) != Outcome.FINISHED) pauses++;
        assertThat(pauses).isGreaterThan(3);
        assertThat(run.results()).isEmpty();
        assertThat(output()).isEqualTo(CLOSED);
        assertThat(exits).containsExactly("3 true");
    }

    @Test
    void goesOnInAnotherRuntimeWhileItCloses() {
        SnapshotOptions options = SnapshotOptions.of(ExitTest.class.getClassLoader());
        LuaRuntime lua = runtime();
        LuaRun run = lua.start(lua.load(PROGRAM, "@exit.lua"));
        while (run.resume(0) != Outcome.FINISHED) {
            byte[] bytes = LuaSnapshot.of(run, options).toBytes();
            run = LuaSnapshot.ofBytes(bytes).restore(runtime(), options);
        }
        assertThat(run.results()).isEmpty();
        assertThat(output()).isEqualTo(CLOSED);
        assertThat(exits).containsExactly("3 true");
    }

    /** An object whose method runs Lua. */
    public static final class Runner {
        private final LuaRuntime lua;

        Runner(LuaRuntime lua) {
            this.lua = lua;
        }

        @LuaExposed
        public void run(String text) {
            lua.run(text);
        }
    }

    @Test
    void noMethodOfTheHostStopsIt() {
        LuaRuntime lua = runtime();
        lua.define(LuaType.annotated("Runner", Runner.class)).set("runner", new Runner(lua));
        String text =
                CLOSER
                        + "local a <close> = c 'a' print(pcall(runner.run, runner, 'os.exit(5, true)'))";
        assertThat(lua.run(text)).isEmpty();
        assertThat(output()).isEqualTo("a\t1\na\t2\na\t3\n");
        assertThat(exits).containsExactly("5 true");
    }

    @Test
    void endsTheProgramsThatCalledTheHostToo() {
        LuaRuntime lua = runtime();
        lua.set(
                "inside",
                arguments -> lua.run(CLOSER + "local i <close> = c 'i' os.exit(4, true)"));
        String text = CLOSER + "local a <close> = c 'a' inside() print('never')";
        assertThat(lua.run(text)).isEmpty();
        assertThat(output()).isEqualTo("i\t1\ni\t2\ni\t3\na\t1\na\t2\na\t3\n");
        assertThat(exits).containsExactly("4 true");
        assertThat(lua.run("return 'again'")).isEqualTo(List.of("again"));
    }
}
