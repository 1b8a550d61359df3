package dev.corona.lua.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Messages of syntax errors are those that the reference implementation gave: errors.txt has chunk and message. */
class SyntaxErrorTest {
    static List<String> cases() throws IOException {
        try (InputStream in = SyntaxErrorTest.class.getResourceAsStream("errors.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).lines().toList();
        }
    }

    private static String outcome(String source) {
        try {
            Parser.parse(source.getBytes(StandardCharsets.ISO_8859_1), "c");
            return "ok";
        } catch (SyntaxError e) {
            return e.getMessage();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysWhatTheReferenceSays(String line) {
        int tab = line.indexOf('\t');
        assertThat(outcome(unquoted(line.substring(0, tab)))).isEqualTo(line.substring(tab + 1));
    }

    /** Reads what %q wrote. */
    private static String unquoted(String quoted) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < quoted.length() - 1; i++) {
            char c = quoted.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char next = quoted.charAt(++i);
            if (Character.isDigit(next)) {
                int end = i;
                while (end < i + 3 && Character.isDigit(quoted.charAt(end))) end++;
                text.append((char) Integer.parseInt(quoted.substring(i, end)));
                i = end - 1;
            } else {
                text.append(next == 'n' ? '\n' : next == 'r' ? '\r' : next);
            }
        }
        return text.toString();
    }

    @Test
    void knowsWhetherMoreTextMightCompleteIt() {
        assertThatThrownBy(() -> Parser.parse("if x then".getBytes(), "c"))
                .isInstanceOfSatisfying(
                        SyntaxError.class, e -> assertThat(e.isIncomplete()).isTrue());
        assertThatThrownBy(() -> Parser.parse("x = = 1".getBytes(), "c"))
                .isInstanceOfSatisfying(
                        SyntaxError.class, e -> assertThat(e.isIncomplete()).isFalse());
    }

    @Test
    void refusesWhatIsNestedTooDeeply() {
        assertThat(outcome("x = " + "(".repeat(10_000))).isEqualTo("C stack overflow");
        assertThat(outcome("x = " + "{".repeat(10_000))).isEqualTo("C stack overflow");
        assertThat(outcome("do ".repeat(10_000))).isEqualTo("C stack overflow");
        assertThat(outcome("x = " + "-".repeat(1) + " -".repeat(10_000)))
                .isEqualTo("C stack overflow");
    }

    @Test
    void takesChainsToTheLeftOfAnyLength() {
        assertThat(outcome("x = 1" + " + 1".repeat(50_000))).isEqualTo("ok");
        assertThat(outcome("x = a" + ".b".repeat(50_000))).isEqualTo("ok");
        assertThat(outcome("f" + "()".repeat(50_000))).isEqualTo("ok");
    }
}
