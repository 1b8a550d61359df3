package dev.corona.lua.ir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corona.lua.syntax.Parser;

import org.junit.jupiter.api.Test;

/** What the lowering makes of a function, as the listing shows it. */
class ListingTest {
    private static String listing(String source) {
        return Listing.of(Lowering.lower(Parser.parse(source.getBytes(), "c"), false));
    }

    @Test
    void showsInstructionsByLine() {
        assertThat(listing("local x = 1\nreturn x + 2"))
                .isEqualTo(
                        """
                        function main chunk <0,2> [] vararg
                          U0 = Upvalue[name=_ENV, isCell=false]
                          -- line 0
                          -- line 1
                            Move[to=R0, from=1]
                          -- line 2
                            Binary[operator=ADD, to=R1, left=R0, right=2]
                            Return[values=[R1]]
                            Return[values=[]]
                        """);
    }

    @Test
    void onlyVariablesThatClosuresSeeChangeAreCells() {
        assertThat(listing("local a = 1 local function f() return a end"))
                .contains("Upvalue[name=a, isCell=false]");
        assertThat(listing("local a = 1 local function f() a = 2 end"))
                .contains("NewCell")
                .contains("Upvalue[name=a, isCell=true]");
    }

    @Test
    void foldsNumerals() {
        assertThat(listing("return 2 * 3 + 4")).contains("Return[values=[10]]");
    }

    @Test
    void callsInTailPositionHaveNoFrame() {
        assertThat(listing("return f(1)")).contains("TailCall[");
        assertThat(listing("return (f(1))")).doesNotContain("TailCall[");
    }
}
