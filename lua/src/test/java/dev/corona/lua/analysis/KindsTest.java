package dev.corona.lua.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corona.lua.ir.Ir;
import dev.corona.lua.ir.Lowering;
import dev.corona.lua.syntax.Parser;

import org.junit.jupiter.api.Test;

/** What is known of the kinds of variables. */
class KindsTest {
    private static Kind kindOf(String variable, String source) {
        Ir.Function function = Lowering.lower(Parser.parse(source.getBytes(), "c"), false);
        Kinds kinds = Kinds.of(function);
        return function.registers.stream()
                .filter(r -> ("local '" + variable + "'").equals(r.description()))
                .findFirst()
                .map(kinds::of)
                .orElseThrow();
    }

    @Test
    void accumulatorsOfIntegersAreIntegers() {
        assertThat(kindOf("s", "local s = 0 for i = 1, 10 do s = s + i end"))
                .isEqualTo(Kind.INTEGER);
        assertThat(kindOf("i", "for i = 1, n do end")).isEqualTo(Kind.INTEGER);
    }

    @Test
    void divisionMakesFloats() {
        assertThat(kindOf("x", "local x = 1 / 2")).isEqualTo(Kind.FLOAT);
        assertThat(kindOf("x", "local i = 1 local x = i * 0.5")).isEqualTo(Kind.FLOAT);
    }

    @Test
    void whatComesFromOutsideIsUnknown() {
        assertThat(kindOf("x", "local x = f()")).isEqualTo(Kind.ANY);
        assertThat(kindOf("x", "local x = 1 x = f()")).isEqualTo(Kind.ANY);
        assertThat(kindOf("i", "for i = a, b do end")).isEqualTo(Kind.ANY);
        assertThat(kindOf("x", "local x = 1 x = 1.5")).isEqualTo(Kind.ANY);
    }
}
