package dev.corona.woven;

/** How a resumable method that is written by hand is entered again. */
@FunctionalInterface
public interface Resumption {
    /** Goes on in {@code frame}, as {@link Code#resume} does. */
    void resume(Frame frame, Strand strand);
}
