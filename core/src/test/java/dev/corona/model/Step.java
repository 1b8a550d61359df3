package dev.corona.model;

import java.util.List;

/**
 * One step of a task's body. Tasks are known by the number of the step that spawns them, which is there once; futures and
 * channels by their index. Times are milliseconds.
 */
sealed interface Step {
    /** Waits for a time. */
    record Sleep(int millis) implements Step {}

    /** Spawns a task; as a child of the innermost scope of this body, if {@code child} says so and there is one. */
    record Spawn(int task, boolean child, List<Step> body) implements Step {}

    /** Waits for the end of a task; does nothing if that was not spawned. */
    record Await(int task) implements Step {}

    /** As {@link Await}, with a limit. */
    record AwaitFor(int task, int millis) implements Step {}

    record AwaitFuture(int future) implements Step {}

    record Complete(int future) implements Step {}

    record Fail(int future) implements Step {}

    /** Cancels a task, if it was spawned. */
    record Cancel(int task) implements Step {}

    record Timeout(int millis, List<Step> body) implements Step {}

    record Shield(List<Step> body) implements Step {}

    record Scoped(boolean failFast, List<Step> body) implements Step {}

    /** Catches what the body throws. */
    record Try(List<Step> body) implements Step {}

    record Finally(List<Step> body, List<Step> cleanup) implements Step {}

    record Throw(int number) implements Step {}

    record Send(int channel, int element) implements Step {}

    record Receive(int channel) implements Step {}

    /** A receive that ends with nothing at the end of the channel. */
    record ReceiveOrNull(int channel) implements Step {}

    record TrySend(int channel, int element) implements Step {}

    record TryReceive(int channel) implements Step {}

    record Close(int channel) implements Step {}

    record CloseNow(int channel) implements Step {}

    /**
     * The first of some.
     *
     * @param otherwise whether it does not wait
     */
    record Choose(List<Branch> branches, boolean otherwise) implements Step {}

    /** A branch of {@link Choose}. */
    sealed interface Branch {
        record OnReceive(int channel) implements Branch {}

        record OnSend(int channel, int element) implements Branch {}

        /** Ready when a task has ended; left out if it was not spawned. */
        record OnTask(int task) implements Branch {}

        record OnFuture(int future) implements Branch {}

        record OnTime(int millis) implements Branch {}
    }
}
