package dev.corona.kernel;

/** Work of Corona's own that runs a body of somebody else's, and is as woven as that is. */
public interface Carrier {
    /** Whether the body is woven. */
    boolean isBodyWoven();
}
