package dev.corona.snapshot;

/**
 * An object that is stored field by field and has something to do when it was made again: it was made without a constructor. For objects of
 * woven classes, and of those that {@link SnapshotOptions#withFields} names.
 */
public interface Restored {
    /** Called by the thread that restores, when all objects of the snapshot have their parts. */
    void restored();
}
