package dev.corona.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Command lines of Lua's command, run here and by {@code lua5.4} of the machine: output, errors and exit code are the same. */
@Timeout(120)
class LuaCommandTest {
    /** Stands for the folder with the scripts. */
    private static final String FOLDER = "FOLDER";

    @TempDir private static Path folder;

    /** A command line, with what is typed and what the environment says. */
    private record Line(String input, Map<String, String> environment, String... arguments) {
        @Override
        public String toString() {
            return environment + " " + String.join(" ", arguments) + " < " + input;
        }
    }

    private record Result(int code, String out, String err) {}

    private static Line line(String... arguments) {
        return new Line("", Map.of(), arguments);
    }

    private static Line typed(String input, String... arguments) {
        return new Line(input, Map.of(), arguments);
    }

    private static Line init(String value, String... arguments) {
        return new Line("", Map.of("LUA_INIT", value), arguments);
    }

    static List<Line> lines() {
        List<Line> all = new ArrayList<>();
        all.addAll(chunks());
        all.addAll(scripts());
        all.addAll(modules());
        all.addAll(errors());
        all.addAll(wrongOptions());
        return all;
    }

    private static List<Line> chunks() {
        return List.of(
                line("-e", "print(7 // 2, 7 / 2)"),
                line("-eprint(1)", "-e", "print(2)"),
                line("-e", "x = 1", "-e", "print(x)"),
                line("-e", "print(arg[-1], arg[1], arg[2], arg[3])"),
                line("-e", "print(#arg)", "FOLDER/args.lua", "a b", "", "-e"),
                line("-W", "-e", "warn('one', 'two')"),
                line("-e", "warn('unheard') warn('@on')", "-e", "warn('heard')"),
                line("-e", "os.exit(3)"),
                line("-e", "os.exit(true)"),
                line("-e", "os.exit(false, true)"),
                line("-e", "os.exit(300)"),
                exit("local a <close> = c 'a' local b <close> = c 'b' os.exit(4, true)"),
                exit("local a <close> = c 'a' os.exit(4)"),
                exit(
                        """
                        local a <close> = c 'a'
                        local function f()
                          local b <close> = c 'b'
                          print(pcall(function() local p <close> = c 'p' os.exit(false, true) end))
                        end
                        f()
                        """),
                exit(
                        """
                        local a <close> = c 'a'
                        local co = coroutine.wrap(function() local b <close> = c 'b' pcall(os.exit, 4, true) end)
                        pcall(co)
                        """),
                exit(
                        """
                        local a <close> = c 'a'
                        local b <close> = setmetatable({}, {__close = function() error('b', 0) end})
                        local d <close> = c 'd'
                        pcall(os.exit, true, true)
                        """),
                exit(
                        """
                        local a <close> = c 'a'
                        local co = coroutine.create(function()
                          local b <close> = setmetatable({}, {__close = function() os.exit(5, true) end})
                          coroutine.yield()
                        end)
                        coroutine.resume(co)
                        print(coroutine.close(co))
                        """),
                line("-e", "setmetatable({}, {__gc = function() print 'gc' end})"),
                line("-e", "io.write('no line end')"),
                line("-e", "io.stderr:write('to stderr\\n')"),
                line("-e", ""),
                line("-e", "return 1, 2"));
    }

    /** A program that ends by {@code os.exit}, with a function that makes values to be closed. */
    private static Line exit(String program) {
        String values =
                "local function c(n) return setmetatable({}, {__close = function(_, e) print(n, e) end}) end ";
        return line("-e", values + program);
    }

    private static List<Line> scripts() {
        return List.of(
                line("FOLDER/args.lua"),
                line("FOLDER/args.lua", "a", "b c", "-x"),
                line("-e", "y = 1", "FOLDER/args.lua", "-e", "z"),
                line("--", "FOLDER/args.lua", "--"),
                typed("print('from input', ...)", "-", "a", "b"),
                typed("print('from input', ...)"),
                typed("#!shebang\nprint('second line') error('x')", "-"),
                typed("", "-"),
                line("-e", "arg = {'p', 'q'}", "FOLDER/args.lua", "a"),
                line("-e", "arg = nil", "FOLDER/args.lua"),
                line("FOLDER/shebang.lua"),
                typed("read this\nand that\n", "-e", "print(io.read()) print(io.read('a'))"),
                line("FOLDER/missing.lua"),
                line("--", "-"),
                line("FOLDER"),
                line("FOLDER/broken.lua"),
                line("FOLDER/fails.lua"));
    }

    private static List<Line> modules() {
        Map<String, String> path = Map.of("LUA_PATH", "FOLDER/?.lua;;");
        return List.of(
                line("-l", "string", "-e", "print(string == require 'string')"),
                line("-lg=string", "-e", "print(g.rep('x', 3))"),
                new Line("", path, "-l", "mod", "-e", "print(mod.name, mod.args)"),
                new Line("", path, "-l", "m=mod", "-e", "print(m.name, mod)"),
                new Line("", path, "-l", "mod-v2", "-e", "print(mod.name)"),
                new Line("", path, "-E", "-e", "print(pcall(require, 'mod'))"),
                new Line("", path, "-l", "fails"),
                line("-l", "no.such.module"),
                init("print('init', ...)", "-e", "print(1)"),
                init("print('init')", "-E", "-e", "print(1)"),
                init("@FOLDER/args.lua", "-e", "print(1)"),
                init("@FOLDER/missing.lua", "-e", "print(1)"),
                init("error('in init')", "-e", "print(1)"),
                init("x = = 1", "-e", "print(1)"),
                new Line(
                        "", Map.of("LUA_INIT_5_4", "print(54)", "LUA_INIT", "print(5)"), "-e", ""));
    }

    private static List<Line> errors() {
        return List.of(
                line("-e", "error('text')"),
                line("-e", "error('text', 0)"),
                line("-e", "error(5)"),
                line("-e", "error(5.5)"),
                line("-e", "error({})"),
                line("-e", "error(nil)"),
                line("-e", "error(true)"),
                line("-e", "error(print)"),
                line("-e", "error(setmetatable({}, {__tostring = function() return 'own' end}))"),
                line("-e", "error(setmetatable({}, {__tostring = function() return 1 end}))"),
                line("-e", "error('two\\nlines')"),
                line("-e", "local t = nil; t.x = 1"),
                line("-e", "print(1)", "-e", "error('second')", "-e", "print(3)"),
                line("-e", "x = = 1"),
                line("-e", "print('unfinished"),
                line("-e", "coroutine.wrap(function() error('inside') end)()"),
                line("-e", "setmetatable({}, {__gc = function() print 'gc' end}) error('x')"));
    }

    private static List<Line> wrongOptions() {
        return List.of(
                line("-x"),
                line("-e"),
                line("-l"),
                line("-e", "-i"),
                line("-vi"),
                line("-Ex"),
                line("-W1"),
                line("--version"),
                line("-e", "print(1)", "--wrong"));
    }

    /** Input of the prompt. */
    static List<String> sessions() {
        return List.of(
                "",
                "1 + 1\n",
                "=1, 'two', nil\n",
                "x = 5\nx\nprint(x)\n",
                "for i = 1, 2 do\nprint(i)\nend\n",
                "function f(a)\n  return a,\n a * 2\nend\nf(21)\n",
                "return\nnil\nfalse\n",
                "local y <const> = 3\ny\n",
                "local x = error('boom')\n2\n",
                "local x = error({})\nerror(setmetatable({}, {__tostring = function() return 'own' end}))\n",
                "1 +\n)\n3\n",
                "x = = 1\n",
                "'unfinished\n[[a\nb]]\n",
                "_PROMPT = 'in> '\n_PROMPT2 = 'more> '\nfor i = 1, 1 do\nend\n_PROMPT = nil\n1\n",
                "print = nil\n1\n",
                "print = function() error('p', 0) end\n1\n",
                "coroutine.yield(1)\n",
                "setmetatable({}, {__tostring = function() return 'shown' end})\n",
                "-- comment\n\n   \n=\n",
                "os.exit(7)\n",
                "a.b.c = 1\nlocal s = string.rep()\n",
                "x = [[\nline\n]]\nx\n",
                "1.5, 2^53, 'a\\0b', 10 // 3\n");
    }

    @Test
    void sawEnough() {
        assertThat(lines()).hasSizeGreaterThan(60);
    }

    @ParameterizedTest
    @MethodSource("lines")
    void doesWhatTheReferenceDoes(Line line) throws Exception {
        prepare();
        assertThat(ours(line)).isEqualTo(reference(line));
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void thePromptTalksLikeTheReference(String session) throws Exception {
        Line line = typed(session, "-i");
        Result reference = reference(line);
        assertThat(ours(line)).isEqualTo(reference);
        assertThat(reference.out()).contains("> ");
    }

    @Test
    void thePromptFollowsTheScript() throws Exception {
        prepare();
        Line line = typed("x\n", "-e", "x = 'set'", "-i", "FOLDER/args.lua", "a");
        assertThat(ours(line)).isEqualTo(reference(line)).extracting(Result::code).isEqualTo(0);
    }

    @Test
    void tellsItsVersion() throws Exception {
        assertThat(ours(line("-v"))).isEqualTo(new Result(0, "VERSION\n", ""));
        assertThat(ours(line("-v", "-e", "print(1)")))
                .isEqualTo(reference(line("-v", "-e", "print(1)")));
    }

    @Test
    void aWrongOptionIsFollowedByTheRightOnes() throws Exception {
        Result result = corona(List.of("--lua", "-x"), "", Map.of());
        assertThat(result.err())
                .startsWith("corona: unrecognized option '-x'\nusage: corona --lua");
        assertThat(result.err()).contains("-e CODE", "-l NAME", "-W", "-E");
    }

    private static void prepare() throws IOException {
        Files.writeString(
                folder.resolve("args.lua"),
                "print(#arg, arg[0], ...) for i = 0, #arg do io.write('<', arg[i] or '', '>') end print()");
        Files.writeString(
                folder.resolve("shebang.lua"),
                "#!/usr/bin/lua\nprint(debug.getinfo(1).currentline)");
        Files.writeString(folder.resolve("broken.lua"), "print(1)\nx = = 2");
        Files.writeString(
                folder.resolve("fails.lua"), "print(1)\nlocal function f() error('here') end\nf()");
        Files.writeString(
                folder.resolve("mod.lua"), "return {name = 'module', args = select('#', ...)}");
        Files.writeString(
                folder.resolve("mod-v2.lua"), "return {name = 'second', args = select('#', ...)}");
    }

    // ---- the two commands

    private static Result ours(Line line) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("--lua"));
        for (String argument : line.arguments()) arguments.add(resolved(argument));
        Map<String, String> environment = new java.util.HashMap<>();
        line.environment().forEach((name, value) -> environment.put(name, resolved(value)));
        Result result = corona(arguments, line.input(), environment);
        return comparable(result.code(), result.out(), result.err());
    }

    /** Ends a program that calls os.exit. */
    private static final class Exit extends Error {
        private static final long serialVersionUID = 1L;
        private final int code;

        Exit(int code) {
            super(null, null, false, false);
            this.code = code;
        }
    }

    private static Result corona(
            List<String> arguments, String input, Map<String, String> environment)
            throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Main main =
                new Main(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        environment::get);
        int code;
        try {
            code =
                    main.run(
                            arguments.toArray(String[]::new),
                            status -> {
                                throw new Exit(status);
                            });
        } catch (Exit exit) {
            code = exit.code;
        }
        return new Result(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static Result reference(Line line) throws Exception {
        List<String> command = new ArrayList<>(List.of("lua5.4"));
        for (String argument : line.arguments()) command.add(resolved(argument));
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        Path in = Files.writeString(Files.createTempFile(folder, "in", ""), line.input());
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectInput(in.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LUA"));
        line.environment()
                .forEach((name, value) -> builder.environment().put(name, resolved(value)));
        int code = builder.start().waitFor();
        return comparable(code, Files.readString(out), Files.readString(err));
    }

    private static String resolved(String text) {
        return text.replace(FOLDER, folder.toString());
    }

    /** Without what may differ: the program's name and version, addresses, the paths of modules, what options there are. */
    private static Result comparable(int code, String out, String err) {
        String shown =
                err.replaceAll("(?m)^lua5\\.4: ", "corona: ")
                        .replaceAll("(?m)^\\tno (file|field) .*\\n", "")
                        .replaceAll("(?s)usage: .*", "");
        String printed =
                out.replaceFirst("^Lua 5\\.4.*\n", "VERSION\n")
                        .replace("lua5.4", "corona")
                        .replaceAll("\\n\\tno (file|field) .*", "")
                        .replaceAll("0x[0-9a-f]+", "ADDRESS");
        return new Result(code, printed, shown.replaceAll("0x[0-9a-f]+", "ADDRESS"));
    }
}
