package dev.corona.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corona.lua.LuaOptions;
import dev.corona.lua.LuaRuntime;
import dev.corona.lua.io.LuaLoop;

import org.jline.terminal.Attributes;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The prompt at a terminal, typed by the test. */
@Timeout(60)
class LuaTerminalTest {
    private static final String CONTROL_C = "\u0003";
    private static final String CONTROL_D = "\u0004";
    private static final String CONTROL_P = "\u0010";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final LuaRuntime lua =
            LuaRuntime.create(LuaOptions.standard().withProfile(LuaOptions.Profile.FULL));
    private final LuaLoop loop = LuaLoop.own(lua, (task, error) -> {});
    private final LuaNames names = new LuaNames(loop, lua.state());

    @AfterEach
    void close() {
        loop.close();
        lua.close();
    }

    /** What a session prints, besides what the terminal shows of itself. */
    private String type(Path history, String keys) throws Exception {
        PrintStream results = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream problems = new PrintStream(err, true, StandardCharsets.UTF_8);
        LuaReports reports = new LuaReports(lua.state(), results, problems, null);
        lua.set("print", arguments -> print(results, arguments));
        ByteArrayInputStream in = new ByteArrayInputStream(keys.getBytes(StandardCharsets.UTF_8));
        DumbTerminal terminal =
                new DumbTerminal(
                        "test", "xterm", in, new ByteArrayOutputStream(), StandardCharsets.UTF_8);
        Attributes usual = terminal.getAttributes();
        usual.setControlChar(Attributes.ControlChar.VEOF, CONTROL_D.charAt(0));
        usual.setControlChar(Attributes.ControlChar.VINTR, CONTROL_C.charAt(0));
        usual.setLocalFlag(Attributes.LocalFlag.ISIG, true);
        terminal.setAttributes(usual);
        try (LuaTerminal lines = LuaTerminal.on(terminal, names, history)) {
            new LuaPrompt(lua, new LuaCalls(loop), reports, results, lines).run();
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Object print(PrintStream results, java.util.List<Object> arguments) {
        results.println(arguments);
        return null;
    }

    @Test
    void runsWhatIsTypedUntilControlD() throws Exception {
        assertThat(
                        type(
                                null,
                                "x = 20\rx + 1\rfor i = 1, 2 do\rprint(i)\rend\r"
                                        + CONTROL_D
                                        + "never\r"))
                .isEqualTo("[21]\n[1]\n[2]\n\n");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void controlCAbandonsAChunkThatIsBegun() throws Exception {
        assertThat(
                        type(
                                null,
                                "for i = 1, 2 do\r"
                                        + CONTROL_C
                                        + "1\r2 +"
                                        + CONTROL_C
                                        + "3\r"
                                        + CONTROL_D))
                .isEqualTo("[1]\n[3]\n\n");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void tabCompletesWhatIsThereOnce() throws Exception {
        assertThat(
                        type(
                                null,
                                "answer = 42\ransw\t\rstring.revers\t('abc')\r('x'):rep(2)\r"
                                        + CONTROL_D))
                .isEqualTo("[42]\n[cba]\n[xx]\n\n");
    }

    @Test
    void historyIsKeptBetweenSessions(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("history");
        type(file, "1 + 1\r'two !'\r" + CONTROL_D);
        assertThat(Files.readString(file)).contains("1 + 1", "'two !'");
        out.reset();
        assertThat(type(file, CONTROL_P + "\r" + CONTROL_P + CONTROL_P + "\r" + CONTROL_D))
                .isEqualTo("[two !]\n[2]\n\n");
    }

    @Test
    void completesGlobalsFieldsMethodsAndKeywords() {
        lua.run(
                "box = setmetatable({size = 1, ['not a name'] = 2}, {__index = {open = print, shut = 1}}) box.self = box");
        assertThat(names.completions("pri")).containsExactly("print");
        assertThat(names.completions("wh")).containsExactly("while");
        assertThat(names.completions("string.re")).containsExactly("string.rep", "string.reverse");
        assertThat(names.completions("box."))
                .containsExactly("box.open", "box.self", "box.shut", "box.size");
        assertThat(names.completions("box:")).containsExactly("box:open");
        assertThat(names.completions("box.self.self.si")).containsExactly("box.self.self.size");
        assertThat(names.completions("no.such.thing")).isEmpty();
        assertThat(names.completions("box.size.x")).isEmpty();
        assertThat(names.completions("_VERSION:up")).containsExactly("_VERSION:upper");
    }

    @Test
    void theWordToCompleteEndsAtTheCursor() {
        LuaWords words = new LuaWords();
        assertThat(words.parse("print(string.re)", 15, null).word()).isEqualTo("string.re");
        assertThat(words.parse("a + b", 3, null).word()).isEmpty();
        assertThat(words.parse("x=\"é\"..t:m", 10, null).word()).isEqualTo("..t:m");
    }

    @Test
    void anErrorIsTold() throws Exception {
        type(null, "error('boom', 0)\rx = = 1\r" + CONTROL_D);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("boom", "stdin:1: unexpected symbol near '='")
                .doesNotContain("\tat ");
    }
}
