package dev.corona.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The command line, run in this process. */
class MainTest {
    private record Result(int code, String out, String err) {}

    private static Result corona(String... args) throws InterruptedException {
        return coronaReading("", args);
    }

    private static Result coronaReading(String input, String... args) throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Main main =
                new Main(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        int code = main.run(args, null);
        return new Result(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static void refuses(String message, String... args) throws InterruptedException {
        assertThat(corona(args)).isEqualTo(new Result(2, "", "corona: " + message + "\n"));
    }

    @Test
    void runsAFileWithItsArguments(@TempDir Path folder) throws Exception {
        Path script = folder.resolve("args.js");
        Files.writeString(script, "console.log(process.argv.slice(2).join('|'))");
        assertThat(corona(script.toString())).isEqualTo(new Result(0, "\n", ""));
        assertThat(corona(script.toString(), "a", "--version", "-e", "x y", "--", "-"))
                .isEqualTo(new Result(0, "a|--version|-e|x y|--|-\n", ""));
        assertThat(corona("--java-frames", "--busy-limit", "0", script.toString(), "--help"))
                .isEqualTo(new Result(0, "--help\n", ""));
    }

    @Test
    void runsLua(@TempDir Path folder) throws Exception {
        Path script = folder.resolve("args.lua");
        Files.writeString(
                script, "#!/usr/bin/corona\nprint(arg[0] == ..., select('#', ...), arg[2])");
        assertThat(corona(script.toString(), script.toString(), "x y"))
                .isEqualTo(new Result(0, "true\t2\tx y\n", ""));
        assertThat(corona("--lua", "-e", "print(7 // 2, 7 / 2, ...)"))
                .isEqualTo(new Result(0, "3\t3.5\n", ""));
        assertThat(corona("-e", "print(1)", "--lua", "-e", "print(2)"))
                .isEqualTo(new Result(0, "1\n2\n", ""));
        assertThat(coronaReading("io.write(io.read and 'read' or 'none')", "--lua", "-"))
                .isEqualTo(new Result(0, "read", ""));
    }

    @Test
    void aLuaErrorIsToldInLuasTerms(@TempDir Path folder) throws Exception {
        Path script = folder.resolve("fails.lua");
        Files.writeString(script, "local function f() local t = nil\n return t.x end\nprint(f())");
        assertThat(corona(script.toString()))
                .isEqualTo(
                        new Result(
                                1,
                                "",
                                """
                                corona: %1$s:2: attempt to index a nil value (local 't')
                                stack traceback:
                                \t%1$s:2: in local 'f'
                                \t%1$s:3: in main chunk
                                \t[C]: in ?
                                """
                                        .formatted(script)));
        assertThat(corona("--lua", "-e", "x = = 1").err())
                .startsWith("corona: (command line):1: unexpected symbol near '='");
        assertThat(corona("missing.lua"))
                .isEqualTo(
                        new Result(
                                1,
                                "",
                                "corona: cannot open missing.lua: No such file or directory\n"));
    }

    @Test
    void answersWithTheExitCodeOfTheProgram() throws InterruptedException {
        assertThat(corona("-e", "process.exit(42)")).isEqualTo(new Result(42, "", ""));
        assertThat(corona("-e", "process.exitCode = 7")).isEqualTo(new Result(7, "", ""));
        assertThat(corona("-e", "throw 5")).isEqualTo(new Result(1, "", "Uncaught 5\n"));
    }

    @Test
    void runsCodeOfTheCommandLine() throws InterruptedException {
        String show = "console.log(process.argv.slice(1).join())";
        assertThat(corona("-e", show)).isEqualTo(new Result(0, "\n", ""));
        assertThat(corona("--eval", show)).isEqualTo(new Result(0, "\n", ""));
        assertThat(corona("--eval=" + show, "a", "-e")).isEqualTo(new Result(0, "a,-e\n", ""));
        assertThat(corona("-e", "import net from 'corona:net'; console.log(typeof net.listen)"))
                .isEqualTo(new Result(0, "function\n", ""));
        assertThat(corona("-e", "nothing.at.all").err())
                .startsWith("[eval]:1\nnothing.at.all\n^\n");
    }

    @Test
    void runsStandardInput() throws InterruptedException {
        String program = "console.log('from stdin', process.argv.slice(1).join());\n";
        assertThat(coronaReading(program)).isEqualTo(new Result(0, "from stdin \n", ""));
        assertThat(coronaReading(program, "-", "a", "-b"))
                .isEqualTo(new Result(0, "from stdin a,-b\n", ""));
        assertThat(coronaReading("\n  null.x", "-").err()).startsWith("[stdin]:2\n  null.x\n  ^\n");
        assertThat(coronaReading("", "-")).isEqualTo(new Result(0, "", ""));
    }

    @Test
    void tellsItsVersions() throws InterruptedException {
        Result result = corona("--version");
        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines())
                .anyMatch(line -> line.matches("corona \\d+\\.\\d+\\.\\d+"))
                .anyMatch(line -> line.matches("coroutine engine: \\w+"))
                .anyMatch(line -> line.matches("JavaScript: GraalJS \\d+.*, JIT compiler on"))
                .anyMatch(line -> line.startsWith("Java: " + Runtime.version()));
        assertThat(corona("-v")).isEqualTo(result);
    }

    @Test
    void helps() throws InterruptedException {
        Result result = corona("--help");
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .startsWith("Usage: corona [options] FILE [args...]")
                .contains(
                        "--eval",
                        "--version",
                        "--help",
                        "--java-frames",
                        "--busy-limit",
                        "--lua",
                        "--lua-dump")
                .contains("  FILE [args...]     the program, or - for standard input")
                .doesNotContain("\u001b");
        assertThat(corona("-h")).isEqualTo(result);
    }

    @Test
    void refusesWhatItDoesNotKnowInOneLine() throws InterruptedException {
        refuses("unknown option: '--nope'; try corona --help", "--nope");
        refuses("unknown option: '-x'; try corona --help", "-x", "file.js");
        refuses("missing required parameter for option '--eval' (CODE); try corona --help", "-e");
        refuses(
                "invalid value for option '--busy-limit': 'soon' is not a long; try corona --help",
                "--busy-limit",
                "soon",
                "x.js");
        refuses(
                "--busy-limit must be milliseconds from 0 on, but was -5; try corona --help",
                "--busy-limit=-5",
                "x.js");
    }

    @Test
    void refusesFilesThatItCannotRunInOneLine(@TempDir Path folder) throws Exception {
        Path missing = folder.resolve("none.js");
        refuses("cannot run " + missing + ": there is no such file", missing.toString());
        refuses(
                "cannot run " + folder + ": it is a directory; name a file in it",
                folder.toString());
        refuses("cannot run : it is a directory; name a file in it", "");
    }

    @Test
    void dataIsNoProgram(@TempDir Path folder) throws IOException, InterruptedException {
        Path data = Files.writeString(folder.resolve("data.json"), "{}");
        Result result = corona(data.toString());
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .isEqualTo(
                        "corona: " + data + " is data, not a program; require it from a script\n");
    }
}
