package dev.corona.bench.kernel;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A call of a method that is not inlined: the unit that a switch is compared with. */
@State(Scope.Thread)
public class CallBenchmark {
    private static final int CALLS = 100;

    private int value;

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public int call() {
        for (int i = 0; i < CALLS; i++) value = increment(value);
        return value;
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    private static int increment(int number) {
        return number + 1;
    }
}
