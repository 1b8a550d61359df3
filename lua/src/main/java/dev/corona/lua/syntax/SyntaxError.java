package dev.corona.lua.syntax;

/** A chunk that is not Lua; the message names chunk, line and token as the reference implementation's does. */
public final class SyntaxError extends RuntimeException {
    private final boolean incomplete;

    public SyntaxError(String message, boolean incomplete) {
        super(message, null, false, false);
        this.incomplete = incomplete;
    }

    /** Whether the chunk ended too early, so that more text might complete it. */
    public boolean isIncomplete() {
        return incomplete;
    }
}
