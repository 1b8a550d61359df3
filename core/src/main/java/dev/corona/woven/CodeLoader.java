package dev.corona.woven;

import org.jspecify.annotations.Nullable;

/**
 * A class loader of resumable classes that were made at run time and not by the weaver, such as those of compiled scripts. It knows their
 * code, so that their frames can be stored. For any thread.
 */
public interface CodeLoader {
    /**
     * The code of a method with its frames.
     *
     * @param frame the class of its frames
     */
    record Entry(Code code, Class<?> frame) {}

    /** What differs when the code of a class does; the class is not initialized for it. */
    String fingerprint(Class<?> owner);

    /**
     * The code of a resumable method of a class of this loader, which initializes the class; null if it has no such method.
     *
     * @param descriptor as {@link Code#descriptor()} has it
     */
    @Nullable Entry entry(Class<?> owner, String method, String descriptor);
}
