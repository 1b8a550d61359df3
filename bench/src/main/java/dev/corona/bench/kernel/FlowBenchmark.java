package dev.corona.bench.kernel;

import dev.corona.Coexpression;
import dev.corona.Coroutine;
import dev.corona.Generator;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What users write, on the HotSpot engine: a generator's value, a coexpression's call, a transfer in a ring. */
public class FlowBenchmark {
    /** A generator and a coexpression that never end. */
    @State(Scope.Thread)
    public static class Endless {
        private final Generator<Integer> generator =
                Generator.of(
                        "ones",
                        out -> {
                            while (true) out.yield(1);
                        });
        private final Coexpression<Integer, Integer> coexpression =
                Coexpression.of(
                        "echo",
                        (self, first) -> {
                            int value = first;
                            while (value >= 0) value = self.yieldReturn(value);
                            return value;
                        });
    }

    /** A ring of the benchmark's own code and nine more. */
    @State(Scope.Thread)
    public static class Ring {
        static final int MEMBERS = 10;

        @Setup
        public void fill() {
            for (int i = 1; i < MEMBERS; i++) {
                Coroutine.of(
                        "member",
                        () -> {
                            while (true) Coroutine.yieldNext();
                        });
            }
        }
    }

    @Benchmark
    public int generatorNext(Endless endless) {
        return endless.generator.next();
    }

    @Benchmark
    public int coexpressionCall(Endless endless) {
        return endless.coexpression.yieldCall(1);
    }

    /** Once round the ring; the time is that of one transfer. */
    @Benchmark
    @OperationsPerInvocation(Ring.MEMBERS)
    public void ringTransfer(Ring ring) {
        Coroutine.yieldNext();
    }
}
