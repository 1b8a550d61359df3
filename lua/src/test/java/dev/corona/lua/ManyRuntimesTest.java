package dev.corona.lua;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Ten thousand runtimes in a process of two gigabytes, each with its globals and a suspended coroutine. */
class ManyRuntimesTest {
    private static final int RUNTIMES = 10_000;
    private static final long LIMIT_MEGABYTES = 2048;

    /** What the child process does. */
    static final class Child {
        private static final LuaOptions OPTIONS = LuaOptions.standard();
        private static final LuaChunk SETUP =
                LuaChunk.compile(
                        """
                        total = 0
                        co = coroutine.create(function(x)
                          while true do total = total + x x = coroutine.yield(total) end
                        end)
                        return select(2, coroutine.resume(co, ...))""",
                        "=setup",
                        OPTIONS);
        private static final LuaChunk STEP =
                LuaChunk.compile("return select(2, coroutine.resume(co, ...))", "=step", OPTIONS);

        public static void main(String[] arguments) {
            List<LuaRuntime> all = new ArrayList<>();
            for (int i = 0; i < RUNTIMES; i++) {
                LuaRuntime lua = LuaRuntime.create(OPTIONS);
                lua.call(lua.load(SETUP), i);
                all.add(lua);
            }
            System.gc();
            MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
            long used =
                    memory.getHeapMemoryUsage().getUsed()
                            + memory.getNonHeapMemoryUsage().getUsed();
            System.out.println("megabytes " + (used >> 20));
            for (int i = 0; i < RUNTIMES; i++) {
                LuaRuntime lua = all.get(i);
                Object total = lua.call(lua.load(STEP), 1).get(0);
                if (!Long.valueOf(i + 1L).equals(total)) System.out.println("wrong: " + total);
            }
            System.out.println("done");
        }
    }

    @Test
    void fitInTwoGigabytes() throws IOException, InterruptedException {
        Process child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx" + LIMIT_MEGABYTES + "m",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Child.class.getName())
                        .redirectErrorStream(true)
                        .start();
        try {
            child.getOutputStream().close();
            String output =
                    new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(child.waitFor(10, TimeUnit.MINUTES)).isTrue();
            assertThat(output).containsPattern("megabytes \\d+\\R").endsWith("done\n");
            assertThat(output).doesNotContain("wrong");
            long megabytes = Long.parseLong(output.replaceAll("(?s).*megabytes (\\d+).*", "$1"));
            System.out.println("megabytes of 10,000 runtimes: " + megabytes);
            assertThat(megabytes).isLessThan(LIMIT_MEGABYTES);
        } finally {
            child.destroyForcibly();
        }
    }
}
