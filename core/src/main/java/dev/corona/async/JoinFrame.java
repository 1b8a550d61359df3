package dev.corona.async;

import dev.corona.woven.Code;
import dev.corona.woven.Frame;
import dev.corona.woven.Strand;

import org.jspecify.annotations.Nullable;

/** The frame of a call that waits for a task's end and then says how it ended. */
final class JoinFrame extends Frame {
    static final Code JOIN = code("join", "()Ljava/lang/Object;");
    static final Code GET = code("get", "()Ljava/lang/Object;");

    private final Task<?> task;
    private final End end;

    /** What the call returns or throws in the end. */
    interface End {
        @Nullable Object of(Task<?> task) throws Exception;
    }

    JoinFrame(Task<?> task, Code code, End end) {
        super(code);
        this.task = task;
        this.end = end;
    }

    private static Code code(String method, String descriptor) {
        return Code.of(Task.class, method, descriptor, (f, strand) -> ((JoinFrame) f).goOn(strand));
    }

    private void goOn(Strand strand) {
        strand.throwFailure();
        try {
            strand.ra = end.of(task);
        } catch (Exception thrown) {
            throw Failures.sneak(thrown);
        }
    }
}
