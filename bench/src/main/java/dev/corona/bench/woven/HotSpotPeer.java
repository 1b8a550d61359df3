package dev.corona.bench.woven;

import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;

/** The programs on HotSpot's own continuation, without any check. */
public final class HotSpotPeer extends StackPrograms {
    private static final ContinuationScope SCOPE = new ContinuationScope("peer");

    private HotSpotPeer() {}

    public static int run(String program, int steps) {
        return new HotSpotPeer().measure(program, steps);
    }

    private static final class Mounted extends Source {
        private final Continuation continuation;

        Mounted(Body body) {
            continuation = new Continuation(SCOPE, () -> body.run(this));
        }

        @Override
        boolean advance() {
            continuation.run();
            return !continuation.isDone();
        }

        @Override
        void leave() {
            Continuation.yield(SCOPE);
        }
    }

    @Override
    Source source(Body body) {
        return new Mounted(body);
    }

    private static Continuation player(int turns) {
        return new Continuation(
                SCOPE,
                () -> {
                    for (int i = 0; i < turns; i++) Continuation.yield(SCOPE);
                });
    }

    /** It has no transfer of its own: one is resumed, then the other. */
    @Override
    int transfer(int turns) {
        Continuation ping = player(turns / 2);
        Continuation pong = player(turns / 2);
        int had = 0;
        while (true) {
            ping.run();
            pong.run();
            if (pong.isDone()) return had;
            had += 2;
        }
    }

    public static Object[] suspend(int count) {
        Continuation[] all = new Continuation[count];
        for (int i = 0; i < count; i++) {
            all[i] = player(Integer.MAX_VALUE);
            all[i].run();
        }
        return all;
    }

    public static void resume(Object[] all) {
        for (Object each : all) ((Continuation) each).run();
    }
}
