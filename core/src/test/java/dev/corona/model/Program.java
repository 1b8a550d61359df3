package dev.corona.model;

import java.util.List;

/**
 * A program: what its tasks share, and the body of the first.
 *
 * @param channels the capacity of each channel: 0 is a rendezvous, {@link #CONFLATED} and {@link #UNLIMITED} say themselves
 * @param futures how many futures there are, complete by nobody but the tasks
 * @param tasks how many tasks may be spawned
 */
record Program(List<Integer> channels, int futures, int tasks, List<Step> body) {
    static final int CONFLATED = -1;
    static final int UNLIMITED = 100;

    /** The number of the task that runs the body of the program. */
    static final int ROOT = 0;

    /** When the program has run for so long, everything is cancelled, again and again. */
    static final int MILLIS = 10_000;

    /** How often; more than there are waits in any body. */
    static final int CANCELLATIONS = 60;

    /** At which of the cancellations all futures are completed and all channels closed, which ends waits that are shielded. */
    static final int ENDING = CANCELLATIONS / 2;

    Program withBody(List<Step> newBody) {
        return new Program(channels, futures, tasks, newBody);
    }

    /** The name of a task in reports. */
    static String taskName(int task) {
        return "t" + task;
    }
}
