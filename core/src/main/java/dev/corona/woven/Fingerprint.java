package dev.corona.woven;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What stored frames and lambdas need to know of code: put by the weaver on the methods of a woven class that give the
 * {@link Code} of a resumable method or make a lambda's object. A stored frame fits only code of the same fingerprint.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Fingerprint {
    /** The method that it is about. */
    String method();

    /** Its descriptor as it was before weaving. */
    String descriptor();

    /** A hash over its instructions, its sites and what is kept at each; names of variables and lines do not matter. */
    String value();

    /** The class of its frames, without that of {@link Frames}; empty for a lambda. */
    String frame();
}
