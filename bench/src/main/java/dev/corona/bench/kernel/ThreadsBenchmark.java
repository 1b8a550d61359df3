package dev.corona.bench.kernel;

import dev.corona.kernel.Continuation;
import dev.corona.kernel.Engine;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The threads engine at its best: the resumer too is a virtual thread, on the one carrier that there is. */
@State(Scope.Thread)
@Fork(
        jvmArgsAppend = {
            "-Djmh.executor=VIRTUAL",
            "-Djdk.virtualThreadScheduler.parallelism=1",
            "-Djdk.virtualThreadScheduler.maxPoolSize=1"
        })
public class ThreadsBenchmark {
    private final Engine engine = Kernels.engine("threads");
    private final Continuation continuation = engine.create("switch", this::yieldForEver);
    private int runs;

    @Benchmark
    public void yieldAndResume() {
        continuation.resume();
    }

    @Benchmark
    public int create() {
        engine.create("create", () -> runs++).resume();
        return runs;
    }

    private void yieldForEver() {
        while (runs >= 0) continuation.suspend();
    }
}
