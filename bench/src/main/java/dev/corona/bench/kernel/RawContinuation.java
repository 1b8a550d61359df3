package dev.corona.bench.kernel;

import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;

/** HotSpot's own continuation, without any check: the peer of the kernel's. */
final class RawContinuation extends Continuation {
    private static final ContinuationScope SCOPE = new ContinuationScope("raw");

    RawContinuation(Runnable body) {
        super(SCOPE, body);
    }

    static void leave() {
        Continuation.yield(SCOPE);
    }
}
