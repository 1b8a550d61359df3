package dev.corona.channels;

import dev.corona.Resumable;
import dev.corona.async.Corona;
import dev.corona.async.EventLoop;
import dev.corona.async.Outcome;
import dev.corona.async.Waiter;
import dev.corona.errors.LoopException;
import dev.corona.errors.SelectException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * A wait for the first of several things, each of which has a branch: an element of a channel, room in a channel, the end of a
 * task or another stage, a time.
 *
 * <pre>{@code
 * String line = Select.<String>fair()
 *         .onReceive(lines, text -> text)
 *         .onSend(log, "ready", () -> "logged")
 *         .onDone(task, result -> "ended with " + result)
 *         .onTimeout(Duration.ofSeconds(5), () -> "nothing for 5 s")
 *         .await();
 * }</pre>
 *
 * Exactly one branch has an effect, and its function is called in the calling task, where it may wait. The others have
 * taken, sent and left behind nothing. A select may be awaited again and again; a timeout counts from each time.
 *
 * <p><b>Choice.</b> If several branches are ready at once, {@link #fair} takes any of them with the same probability, and
 * {@link #biased} the first in the order in which they were added. If none is, the first that becomes ready is taken, or the
 * branch {@link #otherwise}, which makes the call one that does not wait.
 *
 * <p><b>Threads.</b> For tasks of one loop; one task at a time. Stages may be completed by any thread.
 *
 * <p><b>Cancellation</b> of a task that waits here is the end of all branches. <b>Errors.</b> What the chosen branch's function, stage
 * or channel throws comes out of {@link #await()}.
 *
 * @param <R> what the branches answer
 */
@Resumable
public final class Select<R extends @Nullable Object> {
    /** A source of randomness for each call, so that a select may be built by one thread and awaited by another. */
    private static final Supplier<RandomGenerator> ANY = ThreadLocalRandom::current;

    private final @Nullable Supplier<RandomGenerator> random;
    private final List<Branch<R>> branches = new ArrayList<>(4);
    private int[] order = {};
    private @Nullable Supplier<? extends R> otherwise;
    private boolean inUse;

    private final Consumer<Waiter<Branch<R>>> enrolment = this::enroll;

    private Select(@Nullable Supplier<RandomGenerator> random) {
        this.random = random;
    }

    /** A select that chooses at random among branches that are ready at once. */
    public static <R extends @Nullable Object> Select<R> fair() {
        return new Select<>(ANY);
    }

    /** As {@link #fair()}, with a source of randomness, such as a seeded one for tests. */
    public static <R extends @Nullable Object> Select<R> fair(RandomGenerator random) {
        return new Select<>(() -> random);
    }

    /** A select that prefers the branch that was added first. */
    public static <R extends @Nullable Object> Select<R> biased() {
        return new Select<>(null);
    }

    /** A branch for the next element of {@code channel}; if that has ended, the select throws as {@link Channel#receive} does. */
    public <T> Select<R> onReceive(Channel<T> channel, Function<? super T, ? extends R> then) {
        return add(
                new ReceiveBranch<>(
                        channel,
                        element -> then.apply(ReceiveBranch.requireElement(channel, element))));
    }

    /** A branch for the next element of {@code channel}, and for its end: then {@code then} is given null. */
    public <T> Select<R> onReceiveOrNull(
            Channel<T> channel, Function<? super @Nullable T, ? extends R> then) {
        return add(
                new ReceiveBranch<>(
                        channel, element -> then.apply(ReceiveBranch.orNull(channel, element))));
    }

    /** A branch that sends {@code element}; if the channel is closed, the select throws as {@link Channel#send} does. */
    public <T> Select<R> onSend(Channel<T> channel, T element, Supplier<? extends R> then) {
        return onSendOf(channel, () -> element, then);
    }

    /** A branch that sends what {@code element} gives; asked whenever the branch is looked at, also if another is chosen then. */
    public <T> Select<R> onSendOf(
            Channel<T> channel, Supplier<? extends T> element, Supplier<? extends R> then) {
        return add(new SendBranch<>(channel, element, then));
    }

    /** A branch for the end of {@code stage}; if that fails, the select throws as {@link Corona#await} does. */
    public <T extends @Nullable Object> Select<R> onDone(
            CompletionStage<T> stage, Function<? super T, ? extends R> then) {
        return add(new StageBranch<>(stage, outcome -> then.apply(outcome.get())));
    }

    /** A branch for the end of {@code stage}, by a value or by an error. */
    public <T extends @Nullable Object> Select<R> onOutcome(
            CompletionStage<T> stage, Function<? super Outcome<T>, ? extends R> then) {
        return add(new StageBranch<>(stage, then));
    }

    /** A branch for a time; zero and less is ready at once. */
    public Select<R> onTimeout(Duration delay, Supplier<? extends R> then) {
        return add(new TimeBranch<>(delay, then));
    }

    /** The branch that is taken if no other is ready; then the select does not wait. The last one given counts. */
    public Select<R> otherwise(Supplier<? extends R> then) {
        otherwise = then;
        return this;
    }

    private Select<R> add(Branch<R> branch) {
        branches.add(branch);
        return this;
    }

    /**
     * Waits for one branch and answers what its function does; suspends the calling task unless one is ready.
     *
     * @throws SelectException.NoBranch if it has none
     * @throws SelectException.InUse if another task waits in it
     * @throws LoopException.NotInTask outside of a task, if it would have to wait
     * @throws LoopException.WouldBlock inside {@code atomic}, if it would have to wait
     */
    public R await() {
        if (branches.isEmpty() && otherwise == null) throw new SelectException.NoBranch("a select");
        if (inUse) throw new SelectException.InUse(toString());
        Branch<R> ready = pollAll();
        if (ready != null) return ready.run();
        if (otherwise != null) return otherwise.get();
        return awaitFirst().run();
    }

    private Branch<R> awaitFirst() {
        inUse = true;
        try {
            return Corona.<Branch<R>>suspend(this, isExternal(), enrolment);
        } finally {
            leave();
        }
    }

    private void leave() {
        inUse = false;
        for (Branch<R> each : branches) each.withdraw();
    }

    private boolean isExternal() {
        EventLoop loop = EventLoop.current();
        boolean external = false;
        // asks all, since one may refuse to be waited for
        for (Branch<R> each : branches) external |= each.isExternal(loop);
        return external;
    }

    private void enroll(Waiter<Branch<R>> waiter) {
        for (int i = 0; i < branches.size() && !waiter.isDone(); i++)
            branches.get(i).enroll(waiter);
    }

    /** The first branch that is ready in this call's order, which has taken effect; null if none is. */
    private @Nullable Branch<R> pollAll() {
        int count = branches.size();
        if (random == null || count == 1) {
            for (Branch<R> each : branches) if (each.poll()) return each;
            return null;
        }
        if (order.length != count) order = identity(count);
        RandomGenerator generator = random.get();
        for (int i = 0; i < count; i++) {
            int other = i + generator.nextInt(count - i);
            int chosen = order[other];
            order[other] = order[i];
            order[i] = chosen;
            Branch<R> branch = branches.get(chosen);
            if (branch.poll()) return branch;
        }
        return null;
    }

    private static int[] identity(int count) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) order[i] = i;
        return order;
    }

    /** What it waits for, for reports. */
    @Override
    public String toString() {
        return "the first of " + branches;
    }
}
