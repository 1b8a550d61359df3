package dev.corona.bench.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.bench.BenchException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The programs give on Corona what the reference implementation gave, and results are compared as they should. */
class LuaProgramsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static LuaProgram program(String title) {
        return Arrays.stream(LuaProgram.values())
                .filter(p -> p.title().equals(title))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "fib, 15, 610",
        "n-body, 50, 169063617",
        "spectral-norm, 20, 1273839840",
        "fannkuch, 6, 4910",
        "binary-trees, 6, 1131",
        "mandelbrot, 20, 157",
        "queens, 6, 4",
        "string-building, 3, 9103",
        "patterns, 1, 755200",
        "table-sort, 300, 180484057",
        "closures, 100, 4872",
        "methods, 200, 116369",
        "word-count, 1, 485814",
        "generator, 1500, 17241540",
        "permutations, 5, 916756",
        "switch, 50, 50",
    })
    void programsAnswerAsTheReferenceDoes(String title, long size, long expected) {
        String file = program(title).file(ROOT).toString();
        assertThat(LuaEngine.CORONA.load(file).applyAsLong(size)).isEqualTo(expected);
        assertThat(LuaEngine.TICKS.load(file).applyAsLong(size)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"LUAJ", "LUAJC", "LUNA"})
    void rivalsRunPrograms(LuaEngine rival) {
        String file = LuaProgram.FIB.file(ROOT).toString();
        assertThat(rival.load(file).applyAsLong(15)).isEqualTo(610);
    }

    @Test
    void comparesRoundsThatBothHave() {
        LuaResults results = new LuaResults();
        for (double nanos : new double[] {10, 20, 60})
            results.add(LuaEngine.CORONA, LuaProgram.FIB, nanos);
        for (double nanos : new double[] {20, 40})
            results.add(LuaEngine.LUAJC, LuaProgram.FIB, nanos);
        assertThat(results.ratio(LuaEngine.CORONA, LuaEngine.LUAJC, LuaProgram.FIB)).isEqualTo(0.5);
        assertThat(results.ratio(LuaEngine.CORONA, LuaEngine.LUNA, LuaProgram.FIB)).isNaN();
    }

    @Test
    void meansLeaveOutProgramsThatFailed() {
        LuaResults results = new LuaResults();
        results.add(LuaEngine.CORONA, LuaProgram.FIB, 1);
        results.add(LuaEngine.REFERENCE, LuaProgram.FIB, 4);
        results.add(LuaEngine.CORONA, LuaProgram.QUEENS, 1);
        List<LuaProgram> both = List.of(LuaProgram.FIB, LuaProgram.QUEENS);
        assertThat(results.meanRatio(LuaEngine.CORONA, LuaEngine.REFERENCE, both)).isEqualTo(0.25);
    }

    @Test
    void namesTheFileThatCannotBeLoaded() {
        assertThatThrownBy(() -> LuaEngine.CORONA.load("nowhere.lua"))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("nowhere.lua");
    }
}
