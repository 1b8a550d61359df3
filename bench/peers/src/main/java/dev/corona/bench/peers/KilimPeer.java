package dev.corona.bench.peers;

import kilim.Continuation;
import kilim.Fiber;
import kilim.Generator;
import kilim.Pausable;

/** The programs with Kilim; {@link KilimLoader} loads it woven. It has no primitive generators. */
public final class KilimPeer {
    private static int sink;

    private KilimPeer() {}

    public static int run(String program, int steps) {
        switch (program) {
            case "boxed 1":
                return drain(new Values(1, steps));
            case "boxed 10":
                return drain(new Values(10, steps));
            case "boxed 100":
                return drain(new Values(100, steps));
            case "tree":
                return drain(new Tree(steps));
            case "bounce 10":
                return drain(new Bounce(steps));
            case "transfer":
                return transfer(steps);
            default:
                throw new IllegalArgumentException("no program " + program);
        }
    }

    private static int drain(Generator<Integer> values) {
        int sum = 0;
        while (values.hasNext()) sum += values.next();
        return sum;
    }

    /** Yields at a depth of calls. */
    public static final class Values extends Generator<Integer> {
        private final int depth;
        private final int steps;

        Values(int depth, int steps) {
            this.depth = depth;
            this.steps = steps;
        }

        @Override
        public void execute() throws Pausable {
            descend(depth);
        }

        private void descend(int left) throws Pausable {
            if (left > 1) {
                descend(left - 1);
                sink++;
            } else {
                for (int i = 0; i < steps; i++) this.yield(i);
            }
        }
    }

    /** Walks a tree by recursion. */
    public static final class Tree extends Generator<Integer> {
        private final int size;

        Tree(int size) {
            this.size = size;
        }

        @Override
        public void execute() throws Pausable {
            walk(0, size);
        }

        private void walk(int low, int high) throws Pausable {
            if (low >= high) return;
            int middle = (low + high) >>> 1;
            walk(low, middle);
            this.yield(middle);
            walk(middle + 1, high);
        }
    }

    /** Goes down ten calls for each value, and up again. */
    public static final class Bounce extends Generator<Integer> {
        private final int steps;

        Bounce(int steps) {
            this.steps = steps;
        }

        @Override
        public void execute() throws Pausable {
            for (int i = 0; i < steps; i++) down(10, i);
        }

        private void down(int depth, int value) throws Pausable {
            if (depth > 1) down(depth - 1, value);
            else this.yield(value);
            sink++;
        }
    }

    /** One of two that take turns. */
    public static final class Player extends Continuation {
        private final int turns;

        Player(int turns) {
            this.turns = turns;
        }

        @Override
        public void execute() throws Pausable {
            for (int i = 0; i < turns; i++) Fiber.yield();
        }
    }

    /** Below its scheduler, which hands tasks to threads, it has no transfer: its users resume one and the other. */
    private static int transfer(int steps) {
        Player ping = new Player(steps / 2);
        Player pong = new Player(steps / 2);
        int turns = 0;
        while (!ping.run() && !pong.run()) turns += 2;
        return turns;
    }

    public static Object[] suspend(int count) {
        Player[] all = new Player[count];
        for (int i = 0; i < count; i++) {
            all[i] = new Player(Integer.MAX_VALUE);
            all[i].run();
        }
        return all;
    }

    public static void resume(Object[] all) {
        for (Object each : all) ((Player) each).run();
    }
}
