package dev.corona.js.graal.json;

/** Thrown where the fast way does not lead on, so that the engine's own function has to do the work from the beginning. */
final class NotPlain extends RuntimeException {
    static final NotPlain INSTANCE = new NotPlain();

    private static final long serialVersionUID = 1L;

    private NotPlain() {
        super("not plain JSON data", null, false, false);
    }
}
