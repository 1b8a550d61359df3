package dev.corona.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.Generator;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

/** Woven bodies delegate by calls: what that changes, and what it must not. {@code GeneratorDelegationTest} has the rest. */
public class DelegationTest {
    private static final int DEEP = 100_000;

    @SuppressWarnings("unchecked")
    private static Generator<Object> generator(String source) throws Exception {
        Class<?> type =
                Compiled.load(
                        Compiled.weave(Compiled.compile(Compiled.IMPORTS + source)).classes());
        return (Generator<Object>) Compiled.call(type, "generator");
    }

    @Test
    void aChainOfAnyLengthTakesNoStack() throws Exception {
        Generator<Object> chain =
                generator(
                        """
                        public class P {
                            static Generator<Object> chain(int n) {
                                return Generator.of(out -> {
                                    if (n > 0) out.yieldAll(chain(n - 1));
                                    else out.yield("end");
                                    if (n %% 1000 == 0) out.yield(n);
                                });
                            }
                            public static Generator<Object> generator() { return chain(%d); }
                        }
                        """
                                .formatted(DEEP));
        List<Object> values = chain.stream().toList();
        assertThat(values).hasSize(DEEP / 1000 + 2).startsWith("end", 0, 1000).endsWith(DEEP);
    }

    @Test
    void aSequenceMayDelegateItsRestForEver() throws Exception {
        Generator<Object> numbers =
                generator(
                        """
                        public class P {
                            static Generator<Object> from(int n) {
                                return Generator.of(out -> {
                                    out.yield(n);
                                    out.yieldAll(from(n + 1));
                                });
                            }
                            public static Generator<Object> generator() { return from(0); }
                        }
                        """);
        for (int i = 0; i < DEEP; i++) assertThat(numbers.next()).isEqualTo(i);
        numbers.close();
        assertThat(numbers.hasNext()).isFalse();
    }

    @Test
    void aWovenBodyDelegatesToOneThatIsNot() throws Exception {
        Generator<Object> both =
                generator(
                        """
                        public class P {
                            public static Generator<Object> generator() {
                                return Generator.of(out -> {
                                    out.yield(1);
                                    out.yieldAll(dev.corona.weave.DelegationTest.plain());
                                    out.yieldAll(List.of(4, 5));
                                    out.yield(6);
                                });
                            }
                        }
                        """);
        assertThat(both.stream()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    /** Its body is not woven. */
    public static Generator<Object> plain() {
        return Generator.of(
                out -> {
                    out.yield(2);
                    out.yield(3);
                });
    }

    @Test
    void anErrorShowsTheBodiesThatDelegated() throws Exception {
        Generator<Object> failing =
                generator(
                        """
                        public class P {
                            static void fail(Generator.Yielder<Object> out) {
                                out.yield("one");
                                throw new IllegalStateException("boom");
                            }
                            static void inner(Generator.Yielder<Object> out) {
                                fail(out);
                            }
                            static void outer(Generator.Yielder<Object> out) {
                                out.yieldAll(Generator.of(P::inner));
                            }
                            public static Generator<Object> generator() {
                                return Generator.of("shown", P::outer);
                            }
                        }
                        """);
        assertThat(failing.next()).isEqualTo("one");
        assertThatThrownBy(failing::next)
                .hasMessage("boom")
                .satisfies(
                        e ->
                                assertThat(
                                                Arrays.stream(e.getStackTrace())
                                                        .filter(
                                                                f ->
                                                                        !f.getClassName()
                                                                                .contains("$$"))
                                                        .map(StackTraceElement::getMethodName))
                                        .startsWith("fail", "inner", "yieldAll", "outer")
                                        .containsOnlyOnce("fail", "inner", "outer"));
    }

    @Test
    void aWayOutOfAnotherRunRefusesBeforeTheBodyRuns() throws Exception {
        Generator<Object> misled =
                generator(
                        """
                        import dev.corona.errors.CoroutineStateException;
                        public class P {
                            public static Generator<Object> generator() {
                                return Generator.of(out -> {
                                    List<Generator.Yielder<Object>> leaked = new ArrayList<>();
                                    Generator<Object> other = Generator.of(o -> { leaked.add(o); o.yield("other"); });
                                    out.yield(other.next());
                                    try {
                                        leaked.get(0).yieldAll(Generator.of(o -> { throw new AssertionError("ran"); }));
                                    } catch (CoroutineStateException.Outside e) {
                                        out.yield("outside");
                                    }
                                    other.close();
                                });
                            }
                        }
                        """);
        assertThat(misled.stream()).containsExactly("other", "outside");
    }
}
