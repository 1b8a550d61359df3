package dev.corona.model;

import org.jspecify.annotations.Nullable;

/**
 * The model of something thrown; each throw of a new error is another object.
 *
 * @param kind the simple name of its class
 * @param text the message, where reports tell it
 * @param target the task that a cancellation is for; null for any other error
 * @param source what cancels, if that is not somebody's {@code cancel}
 * @param level how many shields the source is inside of
 */
record ModelError(
        String kind, String text, @Nullable ModelTask target, @Nullable Object source, int level) {
    static final String BOOM = "Boom";
    private static final String CANCELLED = "Cancelled";

    static ModelError of(String kind) {
        return new ModelError(kind, "", null, null, 0);
    }

    static ModelError boom(String text) {
        return new ModelError(BOOM, text, null, null, 0);
    }

    /** A request to {@code task} to leave its wait. */
    static ModelError cancellation(ModelTask task, String why, @Nullable Object source) {
        int level = source == null ? 0 : task.shields;
        return new ModelError(CANCELLED, task.name() + " was cancelled" + why, task, source, level);
    }

    boolean isCancellation() {
        return target != null;
    }

    boolean isOfCancelCall() {
        return isCancellation() && source == null;
    }

    boolean passes(int shields) {
        return level >= shields;
    }

    String described() {
        return text.isEmpty() ? kind : kind + " " + text;
    }

    /** Errors are told apart by who made them. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
