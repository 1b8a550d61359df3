package dev.corona.model;

import dev.corona.model.Step.Branch;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes a program of a seed. Times are few and short, so that much happens at the same moment. */
final class RandomProgram {
    private static final int CHANNELS = 3;
    private static final int FUTURES = 2;
    private static final int TASKS = 9;
    private static final int DEPTH = 4;
    private static final int LATEST = 5;

    private final Random random;
    private int tasks = 1;
    private int elements;

    /** Shields around what is made; two tasks that wait there for each other could not be got apart. */
    private int shields;

    private RandomProgram(long seed) {
        random = new Random(seed);
    }

    static Program of(long seed) {
        RandomProgram maker = new RandomProgram(seed);
        List<Integer> channels = new ArrayList<>();
        for (int i = 0; i < CHANNELS; i++) channels.add(maker.capacity());
        List<Step> body = maker.body(0, 4 + maker.random.nextInt(6), 1);
        return new Program(channels, FUTURES, TASKS, body);
    }

    private int capacity() {
        return switch (random.nextInt(6)) {
            case 0 -> Program.CONFLATED;
            case 1 -> Program.UNLIMITED;
            case 2 -> 1 + random.nextInt(2);
            default -> 0;
        };
    }

    /**
     * @param spawnPercent how much more a task is spawned than usual; the first body spawns more
     */
    private List<Step> body(int depth, int length, int spawnPercent) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < length; i++) steps.add(step(depth, spawnPercent));
        return List.copyOf(steps);
    }

    private List<Step> body(int depth) {
        return body(depth, 1 + random.nextInt(4), 0);
    }

    private Step step(int depth, int spawns) {
        if (tasks < TASKS && random.nextInt(100) < 15 + 30 * spawns) return spawn(depth);
        if (depth < DEPTH && random.nextInt(100) < 25) return section(depth + 1);
        return random.nextInt(100) < 45 ? traffic() : simple();
    }

    private Step spawn(int depth) {
        int task = tasks++;
        int around = shields;
        shields = 0;
        List<Step> body = body(Math.min(depth + 1, DEPTH));
        shields = around;
        return new Step.Spawn(task, random.nextInt(3) > 0, body);
    }

    private Step section(int depth) {
        return switch (random.nextInt(6)) {
            case 0 -> new Step.Timeout(millis(), body(depth));
            case 1 -> shield(depth);
            case 2 -> new Step.Scoped(random.nextInt(4) > 0, body(depth, 1 + random.nextInt(4), 1));
            case 3 -> new Step.Try(body(depth));
            case 4 -> new Step.Try(List.of(new Step.Timeout(millis(), body(depth))));
            default -> new Step.Finally(body(depth), body(depth));
        };
    }

    private Step shield(int depth) {
        shields++;
        List<Step> body = body(depth);
        shields--;
        return new Step.Shield(body);
    }

    private Step simple() {
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> new Step.Sleep(millis());
            case 3, 4 ->
                    shields == 0 ? new Step.Await(task()) : new Step.AwaitFor(task(), millis());
            case 5 -> new Step.AwaitFor(task(), millis());
            case 6 -> new Step.AwaitFuture(future());
            case 7 -> new Step.Complete(future());
            case 8 -> random.nextInt(3) > 0 ? new Step.Complete(future()) : new Step.Fail(future());
            case 9, 10 -> new Step.Cancel(task());
            default -> random.nextInt(3) > 0 ? new Step.Sleep(0) : new Step.Throw(elements++);
        };
    }

    private Step traffic() {
        return switch (random.nextInt(13)) {
            case 0, 1, 2 -> new Step.Send(channel(), elements++);
            case 3, 4 -> new Step.Receive(channel());
            case 5 -> new Step.ReceiveOrNull(channel());
            case 6 -> new Step.TrySend(channel(), elements++);
            case 7 -> new Step.TryReceive(channel());
            case 8 ->
                    random.nextInt(3) > 0
                            ? new Step.Close(channel())
                            : new Step.CloseNow(channel());
            default -> choose();
        };
    }

    private Step choose() {
        List<Branch> branches = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) branches.add(branch());
        if (shields > 0) branches.add(new Branch.OnTime(millis()));
        return new Step.Choose(List.copyOf(branches), random.nextInt(10) == 0);
    }

    private Branch branch() {
        return switch (random.nextInt(9)) {
            case 0, 1, 2 -> new Branch.OnReceive(channel());
            case 3, 4, 5 -> new Branch.OnSend(channel(), elements++);
            case 6 -> new Branch.OnTask(task());
            case 7 -> new Branch.OnFuture(future());
            default -> new Branch.OnTime(millis());
        };
    }

    private int millis() {
        return random.nextInt(LATEST);
    }

    private int task() {
        return random.nextInt(Math.min(tasks + 1, TASKS));
    }

    private int future() {
        return random.nextInt(FUTURES);
    }

    private int channel() {
        return random.nextInt(CHANNELS);
    }
}
