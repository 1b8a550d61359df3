/**
 * Suspended coroutines as values: stored, restored in another process of the same program, copied and looked into. Start with
 * {@link dev.corona.snapshot.Snapshot}.
 *
 * <p>How it works: {@code Scan} walks what a coroutine holds and makes an {@code Item} of each object, by a {@code Handler} for
 * its kind; {@code Format} writes items down and reads them; {@code Rebuild} makes the objects again. None of them recurses, so
 * the depth of what is stored does not matter.
 */
@org.jspecify.annotations.NullMarked
package dev.corona.snapshot;
