package dev.corona.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Sources that are large, deep or broken end by the reference's message, or run; never by an error of Java. */
class BadInputTest {
    private final LuaRuntime lua = LuaRuntime.create(LuaOptions.standard());

    private void assertRefused(String source, String message) {
        assertThatThrownBy(() -> lua.load(source, "=s"))
                .isInstanceOf(LuaException.class)
                .hasMessage(message);
    }

    @Test
    void aSourceOfAHundredMegabytesRuns() {
        byte[] source = new byte[100 << 20];
        Arrays.fill(source, (byte) ' ');
        byte[] end = "\nreturn 7".getBytes(StandardCharsets.UTF_8);
        System.arraycopy(end, 0, source, source.length - end.length, end.length);
        assertThat(lua.call(lua.load(source, "=s"))).containsExactly(7L);
        Arrays.fill(source, (byte) 'x');
        assertThatThrownBy(() -> lua.load(source, "=s"))
                .isInstanceOf(LuaException.class)
                .hasMessageContaining("s:1: syntax error near");
    }

    @Test
    void aLiteralOfManyMegabytesIsAString() {
        String source = "return #'" + "x".repeat(20 << 20) + "'";
        assertThat(lua.run(source)).containsExactly(20L << 20);
    }

    @Test
    void deepNestingIsRefusedAsTheReferenceDoes() {
        for (String[] around :
                new String[][] {
                    {"(", "1", ")"}, {"{", "", "}"}, {"- ", "1", ""}, {"f(", "", ")"}
                }) {
            String deep =
                    "return " + around[0].repeat(10_000) + around[1] + around[2].repeat(10_000);
            assertThatThrownBy(() -> lua.load(deep, "=s"))
                    .as(around[0])
                    .isInstanceOf(LuaException.class)
                    .hasMessageContaining("overflow");
        }
    }

    @Test
    void longFlatExpressionsRun() {
        assertThat(lua.run("return 1" + "+1".repeat(10_000))).containsExactly(10_001L);
        assertThat(lua.run("return #('x'" + "..'x'".repeat(150) + ")")).containsExactly(151L);
    }

    @Test
    void moreThanTwoHundredLocalsAreRefused() {
        String locals =
                IntStream.range(0, 300)
                        .mapToObj(i -> "local a" + i + " = " + i)
                        .collect(Collectors.joining("\n"));
        assertRefused(
                "function f()\n" + locals + "\nend",
                "s:202: too many local variables (limit is 200) in function at line 1 near '='");
    }

    @Test
    void aHundredThousandConstantsRun() {
        String source =
                IntStream.range(0, 100_000)
                        .mapToObj(i -> "'k" + i + "'")
                        .collect(Collectors.joining(",", "local t = {", "} return #t, t[100000]"));
        assertThat(lua.run(source)).containsExactly(100_000L, "k99999");
    }

    @Test
    void bytesThatAreNoUtf8AreBytes() {
        byte[] source = "return #'\u00ff\u00fe\u0080', ".getBytes(StandardCharsets.ISO_8859_1);
        byte[] whole = Arrays.copyOf(source, source.length + 1);
        whole[source.length] = '1';
        assertThat(lua.call(lua.load(whole, "=s"))).containsExactly(3L, 1L);
        byte[] name = "\u00ff = 1".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> lua.load(name, "=s"))
                .isInstanceOf(LuaException.class)
                .hasMessage("s:1: unexpected symbol near '<\\255>'");
    }

    @Test
    void aNulIsABytesLikeAnyOther() {
        assertThat(lua.run("return #'a\0b', '\0' == '\\0'")).containsExactly(3L, true);
        assertRefused("x = 1 \0 y = 2", "s:1: unexpected symbol");
    }

    @Test
    void anUnfinishedSourceIsNamedAtItsEnd() {
        assertRefused("return 'x", "s:1: unfinished string near <eof>");
        assertRefused("x = [[", "s:1: unfinished long string (starting at line 1) near <eof>");
        assertRefused("--[[", "s:1: unfinished long comment (starting at line 1) near <eof>");
        assertRefused("if x then", "s:1: 'end' expected near <eof>");
    }
}
