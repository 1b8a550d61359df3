package dev.corona.bench.kernel;

import dev.corona.kernel.Continuation;
import dev.corona.kernel.Engine;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The whole life of a continuation that never yields: created, run, finished. */
@State(Scope.Thread)
public class CreateBenchmark {
    private final Engine engine = Kernels.engine("hotspot");
    private int runs;

    @Benchmark
    public int corona() {
        Continuation continuation = engine.create("create", this::body);
        continuation.resume();
        return runs;
    }

    @Benchmark
    public int raw() {
        new RawContinuation(this::body).run();
        return runs;
    }

    private void body() {
        runs++;
    }
}
