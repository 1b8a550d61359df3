package dev.corona.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corona.Generator;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

/** Whose stack an error shows that comes out of woven code. */
class StackTraceTest {
    private static final Class<?> P =
            Compiled.woven(
                    """
                    import dev.corona.async.*;
                    import java.time.Duration;
                    class P {
                        static final RuntimeException SHARED = new IllegalStateException("shared");
                        static RuntimeException kept;

                        static void outer(Generator.Yielder<Object> out, int how) { middle(out, how); }
                        static void middle(Generator.Yielder<Object> out, int how) {
                            try {
                                inner(out, how);
                            } finally {
                                if (how == 2) out.yield("in finally");
                            }
                        }
                        static void inner(Generator.Yielder<Object> out, int how) {
                            out.yield("first");
                            if (how == 0) throw SHARED;
                            if (how == 3) { keep(); out.yield("kept"); throw kept; }
                            throw new IllegalStateException("own");
                        }
                        static void keep() { kept = new IllegalStateException("kept"); }

                        static void around(Generator.Yielder<Object> out, int how) { between(out, how); }
                        static void between(Generator.Yielder<Object> out, int how) {
                            Generator<Object> below = Generator.of(o -> outer(o, how));
                            out.yield(below.next());
                            below.next();
                        }

                        static Throwable shared() { return SHARED; }
                        static void tasks() {
                            Corona.run(() -> { nap(); throw SHARED; });
                        }
                        static void nap() { Corona.sleep(Duration.ofMillis(1)); Corona.yieldNow(); }

                        static Generator<Object> generator(int how) { return Generator.of(o -> outer(o, how)); }
                        static Generator<Object> nested() { return Generator.of(o -> around(o, 1)); }
                    }
                    """);

    @SuppressWarnings("unchecked")
    private static Generator<Object> generator(int how) throws Exception {
        var method = P.getDeclaredMethod("generator", int.class);
        method.setAccessible(true);
        return (Generator<Object>) method.invoke(null, how);
    }

    private static Throwable errorOf(Generator<Object> generator, int steps) {
        for (int i = 0; i < steps; i++) generator.next();
        return catchThrowable(generator::next);
    }

    private static List<String> methodsOf(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .filter(e -> e.getClassName().equals("P"))
                .map(StackTraceElement::getMethodName)
                .filter(name -> !name.startsWith("lambda$"))
                .toList();
    }

    @Test
    void anErrorShowsTheFramesThatWaitForItsCall() throws Exception {
        Throwable thrown = errorOf(generator(1), 1);
        assertThat(thrown).hasMessage("own");
        assertThat(methodsOf(thrown)).containsExactly("inner", "middle", "outer");
        assertThat(thrown.getStackTrace())
                .noneMatch(e -> e.getClassName().endsWith("KernelStrand"));
    }

    @Test
    void anErrorThatWasMadeElsewhereKeepsItsTrace() throws Exception {
        Throwable shared = (Throwable) Compiled.call(P, "shared");
        StackTraceElement[] before = shared.getStackTrace();
        assertThat(catchThrowable(() -> Compiled.call(P, "tasks"))).hasRootCause(shared);
        assertThat(shared.getStackTrace()).isEqualTo(before);
        assertThat(errorOf(generator(0), 1)).isSameAs(shared);
        assertThat(methodsOf(shared)).doesNotContain("inner", "middle", "outer");
    }

    @Test
    void anErrorThatWaitsInAFinallyBlockShowsEachFrameOnce() throws Exception {
        Throwable thrown = errorOf(generator(2), 2);
        assertThat(thrown).hasMessage("own");
        assertThat(methodsOf(thrown)).containsExactly("inner", "middle", "outer");
    }

    @Test
    void anErrorThatIsKeptOverASuspensionShowsWhereItWasMade() throws Exception {
        Throwable thrown = errorOf(generator(3), 2);
        assertThat(thrown).hasMessage("kept");
        assertThat(methodsOf(thrown)).containsExactly("keep", "inner");
    }

    @Test
    @SuppressWarnings("unchecked")
    void anErrorThroughTwoShowsTheFramesOfEachInItsPlace() throws Exception {
        Throwable thrown = errorOf((Generator<Object>) Compiled.call(P, "nested"), 1);
        assertThat(thrown).hasMessage("own");
        assertThat(methodsOf(thrown))
                .containsExactly("inner", "middle", "outer", "between", "around");
    }
}
