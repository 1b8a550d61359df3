package dev.corona.bench.peers;

import com.offbynull.coroutines.user.Continuation;
import com.offbynull.coroutines.user.Coroutine;
import com.offbynull.coroutines.user.CoroutineRunner;

/** The programs with offbynull's coroutines; {@link OffbynullLoader} loads it instrumented. */
public final class OffbynullPeer {
    private static int sink;

    private OffbynullPeer() {}

    /** A generator as its users write one: the coroutine leaves a value in a field and suspends. */
    private static final class Values {
        private final CoroutineRunner runner;
        private Object boxed;
        private int value;

        Values(Body body) {
            runner = new CoroutineRunner(new Run(this, body));
        }

        boolean advance() {
            return runner.execute();
        }

        void yield(Continuation c, int next) {
            value = next;
            c.suspend();
        }

        void yieldBoxed(Continuation c, Object next) {
            boxed = next;
            c.suspend();
        }
    }

    private interface Body {
        void run(Values out, Continuation c);
    }

    private static final class Run implements Coroutine {
        private static final long serialVersionUID = 1;

        private final transient Values out;
        private final transient Body body;

        Run(Values out, Body body) {
            this.out = out;
            this.body = body;
        }

        @Override
        public void run(Continuation c) {
            body.run(out, c);
        }
    }

    public static int run(String program, int steps) {
        switch (program) {
            case "ints 1":
                return drain((out, c) -> ints(out, c, 1, steps));
            case "ints 10":
                return drain((out, c) -> ints(out, c, 10, steps));
            case "ints 100":
                return drain((out, c) -> ints(out, c, 100, steps));
            case "boxed 1":
                return drainBoxed((out, c) -> boxed(out, c, 1, steps));
            case "boxed 10":
                return drainBoxed((out, c) -> boxed(out, c, 10, steps));
            case "boxed 100":
                return drainBoxed((out, c) -> boxed(out, c, 100, steps));
            case "tree":
                return drainBoxed((out, c) -> tree(out, c, 0, steps));
            case "bounce 10":
                return drain((out, c) -> bounce(out, c, steps));
            case "transfer":
                return transfer(steps);
            default:
                throw new IllegalArgumentException("no program " + program);
        }
    }

    private static int drain(Body body) {
        Values values = new Values(body);
        int sum = 0;
        while (values.advance()) sum += values.value;
        return sum;
    }

    private static int drainBoxed(Body body) {
        Values values = new Values(body);
        int sum = 0;
        while (values.advance()) sum += (Integer) values.boxed;
        return sum;
    }

    private static void ints(Values out, Continuation c, int depth, int steps) {
        if (depth > 1) {
            ints(out, c, depth - 1, steps);
            sink++;
        } else {
            for (int i = 0; i < steps; i++) out.yield(c, i);
        }
    }

    private static void boxed(Values out, Continuation c, int depth, int steps) {
        if (depth > 1) {
            boxed(out, c, depth - 1, steps);
            sink++;
        } else {
            for (int i = 0; i < steps; i++) out.yieldBoxed(c, i);
        }
    }

    private static void tree(Values out, Continuation c, int low, int high) {
        if (low >= high) return;
        int middle = (low + high) >>> 1;
        tree(out, c, low, middle);
        out.yieldBoxed(c, middle);
        tree(out, c, middle + 1, high);
    }

    private static void bounce(Values out, Continuation c, int steps) {
        for (int i = 0; i < steps; i++) down(out, c, 10, i);
    }

    private static void down(Values out, Continuation c, int depth, int value) {
        if (depth > 1) down(out, c, depth - 1, value);
        else out.yield(c, value);
        sink++;
    }

    private static final class Player implements Coroutine {
        private static final long serialVersionUID = 1;

        private final int turns;

        Player(int turns) {
            this.turns = turns;
        }

        @Override
        public void run(Continuation c) {
            for (int i = 0; i < turns; i++) c.suspend();
        }
    }

    /** It has no transfer of its own: its users resume one and the other. */
    private static int transfer(int steps) {
        CoroutineRunner ping = new CoroutineRunner(new Player(steps / 2));
        CoroutineRunner pong = new CoroutineRunner(new Player(steps / 2));
        int turns = 0;
        while (ping.execute() && pong.execute()) turns += 2;
        return turns;
    }

    public static Object[] suspend(int count) {
        CoroutineRunner[] all = new CoroutineRunner[count];
        for (int i = 0; i < count; i++) {
            all[i] = new CoroutineRunner(new Player(Integer.MAX_VALUE));
            all[i].execute();
        }
        return all;
    }

    public static void resume(Object[] all) {
        for (Object each : all) ((CoroutineRunner) each).execute();
    }
}
