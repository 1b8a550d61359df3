package dev.corona.snapshot;

/**
 * How objects of a kind are stored: for those that Java serialization does not know, or knows badly.
 *
 * <p>Objects may refer to each other in circles. So an object is made in two steps: {@link #create} makes it without looking at
 * what it refers to, {@link #fill} gives it that. One that cannot be made before what it refers to {@linkplain #needsReferences
 * says so}, and cannot be part of a circle of such objects.
 *
 * <p>Called by the thread that stores or restores. What it throws fails the whole.
 *
 * @param <T> the objects
 */
public interface SnapshotCodec<T> {
    /** What the snapshot calls it; the same when it is written and read, and no other codec's. */
    String name();

    /** Whether {@code object} is one of its objects. */
    boolean accepts(Object object);

    void write(T object, SnapshotWriter out);

    /** Whether {@link #create} reads references. */
    default boolean needsReferences() {
        return false;
    }

    /** A new object; reads from the beginning of what was written, and no reference unless it {@link #needsReferences}. */
    T create(SnapshotReader in);

    /** Goes on reading where {@link #create} stopped. */
    default void fill(T object, SnapshotReader in) {}
}
