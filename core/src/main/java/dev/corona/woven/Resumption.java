package dev.corona.woven;

/** How a resumable method that is written by hand is entered again. */
@FunctionalInterface
public interface Resumption {
    /**
     * Goes on in {@code frame}; the result is in the strand's field of its kind then. What the call threw at which the method was left is to
     * be asked for by {@link Strand#takeThrown}.
     */
    void resume(Frame frame, Strand strand);
}
