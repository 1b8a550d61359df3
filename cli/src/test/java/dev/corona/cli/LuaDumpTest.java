package dev.corona.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code --lua-dump} shows of each stage of the compiler. */
class LuaDumpTest {
    @TempDir private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path file;

    @BeforeEach
    void writeProgram() throws Exception {
        file = folder.resolve("program.lua");
        Files.writeString(file, "local x = 1\nreturn x + 2, 'a\"\\n', 0x1p1 -- end");
    }

    private int corona(String... args) throws InterruptedException {
        out.reset();
        err.reset();
        return new Main(
                        InputStream.nullInputStream(),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(args, null);
    }

    private String dump(String stage) throws InterruptedException {
        assertThat(corona("--lua-dump=" + stage, file.toString())).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void showsTokensWithTheirLines() throws Exception {
        assertThat(dump("tokens"))
                .isEqualTo(
                        """
                            1  local
                            1  <name> x
                            1  =
                            1  <integer> 1
                            2  return
                            2  <name> x
                            2  +
                            2  <integer> 2
                            2  ,
                            2  <string> "a\\"\\x0a"
                            2  ,
                            2  <number> 2.0
                            2  <eof>
                        """);
    }

    @Test
    void showsTheTree() throws Exception {
        assertThat(dump("ast"))
                .startsWith("FunctionTree\n")
                .contains("Declare\n", "Return\n", "Binary\n")
                .contains("operator: ADD\n", "value: \"a\\\"\\x0a\"\n", "variable: x\n");
    }

    @Test
    void showsInstructionsOfBothKinds() throws Exception {
        assertThat(dump("ir")).contains("Binary[operator=ADD", "-- line 2");
        assertThat(dump("bytecode")).contains("class lua/", "  body(", "-- line 2", "ARETURN");
        assertThat(dump("bytecode")).isEqualTo(dump("bytecode"));
    }

    @Test
    void showsDeepTreesWhole() throws Exception {
        Files.writeString(file, "return " + "(".repeat(150) + "1" + ")".repeat(150));
        assertThat(dump("ast").lines().filter(line -> line.endsWith("Parenthesized"))).hasSize(150);
    }

    @Test
    void refusesWhatItCannotShow() throws Exception {
        assertThat(corona("--lua-dump=wrong", file.toString())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        "corona: there is no stage 'wrong'; choose one of tokens, ast, ir, bytecode\n");
        assertThat(corona("--lua-dump=ir")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("corona: --lua-dump needs a file\n");
        Path missing = folder.resolve("missing.lua");
        assertThat(corona("--lua-dump=ir", missing.toString())).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        "corona: cannot open %s: No such file or directory\n".formatted(missing));
        Files.writeString(file, "x = = 1");
        for (String stage : new String[] {"ast", "ir", "bytecode"}) {
            assertThat(corona("--lua-dump", stage, file.toString())).isEqualTo(1);
            assertThat(err.toString(StandardCharsets.UTF_8))
                    .isEqualTo("corona: %s:1: unexpected symbol near '='\n".formatted(file));
        }
    }
}
