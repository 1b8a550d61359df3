package dev.corona;

import org.jspecify.annotations.Nullable;

import java.util.random.RandomGenerator;

/**
 * The order in which the coroutines of a ring take turns: it holds those that are ready to run. The running one is not
 * among them, nor is one that waits for a call. {@link #roundRobin()} is the one that a ring starts with;
 * {@link Coroutine#schedule} sets another.
 *
 * <p>Each operation should take constant time: a transfer costs one {@code add} and one {@code next} beside the switch.
 *
 * <p><b>Threads.</b> A schedule belongs to one ring and is used by its thread only.
 *
 * <p><b>Errors.</b> What a schedule throws comes out of the root's transfer. All that were ready stay so: another schedule, once
 * it is set, takes them over.
 */
public interface Schedule {
    /**
     * Takes in one that became ready: a new one, one that yields, one that leaves a call early. It is called by the
     * constructor of {@link Coroutine}: a field of a subclass that it reads must be set before {@code super(...)}.
     */
    void add(Coroutine ready);

    /** Drops one that was added: it is transferred to directly, or closed. */
    void remove(Coroutine ready);

    /** Drops and returns the one to run next; null if there is none. */
    @Nullable Coroutine next();

    /** A new schedule in which all take turns: who becomes ready goes to the end. */
    static RoundRobin roundRobin() {
        return new RoundRobin();
    }

    /** A new schedule in which the most urgent runs, by levels that {@link PrioritySchedule#setLevel} sets. */
    static PrioritySchedule byPriority() {
        return new PrioritySchedule();
    }

    /** A new schedule in which the one with the earliest deadline runs, as {@link DeadlineSchedule#setDeadline} sets it. */
    static DeadlineSchedule byDeadline() {
        return new DeadlineSchedule();
    }

    /** A new schedule in which any may be next, for tests; {@code random} decides. */
    static RandomSchedule random(RandomGenerator random) {
        return new RandomSchedule(random);
    }
}
