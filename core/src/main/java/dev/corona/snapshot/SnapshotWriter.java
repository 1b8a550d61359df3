package dev.corona.snapshot;

import org.jspecify.annotations.Nullable;

/**
 * Takes what one object consists of. Numbers and references may be mixed; they are read in the same order. For the thread that
 * stores, during the call that was given it.
 */
public sealed interface SnapshotWriter permits ItemWriter {
    void writeBoolean(boolean value);

    /** Small numbers take little room. */
    void writeInt(int value);

    /** Small numbers take little room. */
    void writeLong(long value);

    void writeDouble(double value);

    void writeBytes(byte[] value);

    /** As data of this object: another reference to the same string does not give the same object. */
    void writeString(String value);

    /**
     * Any object that can be stored, or null. It is written once, however often it is referred to, and not during this call.
     *
     * @param label what errors call the place, such as {@code element 3}
     */
    void writeReference(String label, @Nullable Object value);
}
