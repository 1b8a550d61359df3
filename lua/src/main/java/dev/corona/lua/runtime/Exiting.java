package dev.corona.lua.runtime;

/**
 * Unwinds a program that {@code os.exit} ends and closes. Coroutines that it passes on its way keep their to-be-closed
 * variables, as those have that are suspended.
 */
final class Exiting extends Ending {
    private int status;

    Exiting(int status) {
        this.status = status;
    }

    /** One that is filled by {@link #restore}. */
    static Exiting restored() {
        return new Exiting(0);
    }

    int status() {
        return status;
    }

    void restore(int stored) {
        status = stored;
    }
}
