package dev.corona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.errors.CoroutineStateException;
import dev.corona.kernel.Engine;
import dev.corona.kernel.Engines;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/** Generators of ints, longs and doubles, on every engine. */
@ParameterizedClass
@MethodSource("engines")
class PrimitiveGeneratorTest {
    @Parameter Engine engine;

    private final List<Object> log = new ArrayList<>();

    static List<Engine> engines() {
        return Engines.all();
    }

    private IntGenerator upTo(int end) {
        return IntGenerator.of(
                engine,
                out -> {
                    try {
                        for (int i = 0; i < end; i++) out.yield(i);
                    } finally {
                        log.add("finally");
                    }
                });
    }

    @Test
    void yieldsInts() {
        IntGenerator three = upTo(3);
        assertThat(three.nextInt()).isEqualTo(0);
        assertThat(three.hasNext()).isTrue();
        assertThat(three.hasNext()).isTrue();
        assertThat(three.nextInt()).isEqualTo(1);
        assertThat(three.next()).isEqualTo(2);
        assertThat(three.hasNext()).isFalse();
        assertThat(log).containsExactly("finally");
    }

    @Test
    void yieldsLongsAndDoubles() {
        LongGenerator longs = LongGenerator.of(engine, out -> out.yield(Long.MIN_VALUE));
        DoubleGenerator doubles = DoubleGenerator.of(engine, out -> out.yield(-0.0));
        assertThat(longs.nextLong()).isEqualTo(Long.MIN_VALUE);
        assertThat(doubles.nextDouble()).isEqualTo(-0.0);
        assertThat(longs.hasNext() || doubles.hasNext()).isFalse();
    }

    @Test
    void isTheSourceOfAStream() {
        assertThat(upTo(5).stream().sum()).isEqualTo(10);
        assertThat(LongGenerator.of(engine, out -> out.yield(7)).stream().sum()).isEqualTo(7);
        assertThat(DoubleGenerator.of(engine, out -> out.yield(0.5)).stream().sum()).isEqualTo(0.5);
    }

    @Test
    void hasNoMoreValuesAfterItsEnd() {
        IntGenerator empty = upTo(0);
        assertThatThrownBy(empty::nextInt)
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("has no more values; ask hasNext() first");
    }

    @Test
    void closingRunsFinallyBlocksAndDropsTheReadyValue() {
        IntGenerator endless = upTo(Integer.MAX_VALUE);
        assertThat(endless.hasNext()).isTrue();
        endless.close();
        assertThat(log).containsExactly("finally");
        assertThat(endless.hasNext()).isFalse();
    }

    @Test
    void closingAStreamClosesIt() {
        try (var some = upTo(100).stream()) {
            assertThat(some.limit(2).sum()).isEqualTo(1);
        }
        assertThat(log).containsExactly("finally");
    }

    @Test
    void anErrorOfTheBodyComesOutAndEndsIt() {
        IntGenerator failing =
                IntGenerator.of(
                        engine,
                        out -> {
                            out.yield(1);
                            throw new IllegalStateException("broken");
                        });
        assertThat(failing.nextInt()).isEqualTo(1);
        assertThatThrownBy(failing::hasNext).hasMessage("broken");
        assertThat(failing.hasNext()).isFalse();
    }

    @Test
    void yieldingFromOutsideIsRefusedAndChangesNothing() {
        List<IntGenerator.Yielder> leaked = new ArrayList<>();
        IntGenerator one =
                IntGenerator.of(
                        engine,
                        out -> {
                            leaked.add(out);
                            out.yield(1);
                            out.yield(2);
                        });
        assertThat(one.hasNext()).isTrue();
        assertThatThrownBy(() -> leaked.getFirst().yield(9))
                .isInstanceOf(CoroutineStateException.Outside.class);
        assertThat(one.nextInt()).isEqualTo(1);
        assertThat(one.nextInt()).isEqualTo(2);
    }
}
