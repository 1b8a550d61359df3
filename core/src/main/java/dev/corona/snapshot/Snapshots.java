package dev.corona.snapshot;

import dev.corona.errors.SnapshotException;
import dev.corona.kernel.Continuation;
import dev.corona.kernel.Inspection;
import dev.corona.woven.Frame;
import dev.corona.woven.Lambdas;

import java.util.ArrayList;
import java.util.List;

/**
 * Suspended coroutines in memory: copies of them, and what is on their stacks.
 *
 * <p><b>Copies.</b> A coroutine runs once; its copy goes on from the same place by itself, so that both can be run to different
 * ends. Coroutines that it holds, such as a generator that a local variable refers to, are copied with it; only what is
 * woven can be copied. A new or finished one can be copied too.
 *
 * <p><b>Threads.</b> The coroutine must not run meanwhile.
 */
public final class Snapshots {
    private Snapshots() {}

    /**
     * A copy whose variables are its own and refer to the same objects: a list that a variable refers to is one list for
     * both. Lambdas of woven classes are copied with what they captured. Another object that holds the coroutine itself, or
     * its way out, still refers to the original: see {@link #deepCopy}.
     *
     * @throws SnapshotException.Unstorable if a coroutine is running or not woven
     */
    public static <T> T copy(T coroutine) {
        SnapshotOptions options = SnapshotOptions.of(coroutine.getClass().getClassLoader());
        return rebuild(coroutine, Scan.of(coroutine, options, o -> isShared(coroutine, o)));
    }

    /**
     * A copy that shares nothing with the original but what cannot change (strings, boxes, enums, classes) and host objects.
     *
     * @throws SnapshotException.Unstorable if something could not be stored either
     */
    public static <T> T deepCopy(T coroutine, SnapshotOptions options) {
        return rebuild(coroutine, Scan.of(coroutine, options, o -> isValue(o, options)));
    }

    @SuppressWarnings("unchecked") // the copy is of the same class
    private static <T> T rebuild(T original, List<Item> items) {
        return (T) original.getClass().cast(Rebuild.run(items, 1));
    }

    private static boolean isShared(Object root, Object object) {
        if (object == root || object instanceof Frame || object instanceof Continuation)
            return false;
        boolean isMember = Inspection.isMember(object);
        if (isMember || Lambdas.origin(object.getClass()).isPresent()) return isMember;
        return !ObjectHandlers.ByFields.isStored(object.getClass());
    }

    private static boolean isValue(Object object, SnapshotOptions options) {
        return object instanceof String
                || object instanceof Enum<?>
                || object instanceof Class<?>
                || Primitives.unboxed(object.getClass()) != null
                || options.hosts().nameOf(object) != null;
    }

    /**
     * The calls on the stack of a suspended coroutine, the innermost first, with their variables; for debuggers. Empty if it is
     * new or finished, and if it is not woven.
     *
     * @param coroutine a generator, coexpression or symmetric coroutine
     */
    public static List<SuspendedCall> calls(Object coroutine) {
        List<SuspendedCall> calls = new ArrayList<>();
        for (Continuation c : Inspection.continuations(coroutine)) {
            for (Frame frame : c.frames()) calls.add(call(frame));
        }
        return calls;
    }

    private static SuspendedCall call(Frame frame) {
        StackTraceElement at = frame.position();
        return new SuspendedCall(
                frame.code.owner().getName(),
                frame.code.method(),
                frame.code.descriptor(),
                at.getFileName(),
                at.getLineNumber(),
                FrameHandler.variables(frame));
    }
}
