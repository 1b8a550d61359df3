package dev.corona.bench.kernel;

import dev.corona.kernel.Continuation;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * One resume and one yield of a continuation on the HotSpot engine, hot and with all its checks, where the yield is at the
 * bottom of {@link #depth} further frames; and the same with HotSpot's own continuation, which checks nothing.
 */
@State(Scope.Thread)
public class SwitchBenchmark {
    @Param({"0", "1", "10", "100"})
    int depth;

    private final Continuation corona =
            Kernels.engine("hotspot").create("switch", () -> descend(depth));
    private final RawContinuation raw = new RawContinuation(() -> descendRaw(depth));

    @Benchmark
    public void corona() {
        corona.resume();
    }

    @Benchmark
    public void raw() {
        raw.run();
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    private int descend(int frames) {
        if (frames > 0) return descend(frames - 1) + 1;
        while (depth >= 0) corona.suspend();
        return 0;
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    private int descendRaw(int frames) {
        if (frames > 0) return descendRaw(frames - 1) + 1;
        while (depth >= 0) RawContinuation.leave();
        return 0;
    }
}
