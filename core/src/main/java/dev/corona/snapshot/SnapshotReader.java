package dev.corona.snapshot;

import org.jspecify.annotations.Nullable;

/** Gives what {@link SnapshotWriter} took, in the same order. */
public sealed interface SnapshotReader permits ItemReader {
    boolean readBoolean();

    int readInt();

    long readLong();

    double readDouble();

    byte[] readBytes();

    String readString();

    /**
     * The object that was referred to. It is whole unless it refers back to the one that is being read: then it is there, but
     * may not have all its parts yet.
     */
    @Nullable Object readReference();
}
