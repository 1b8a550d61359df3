package dev.corona.async;

import dev.corona.woven.Code;
import dev.corona.woven.Frame;
import dev.corona.woven.Resumption;
import dev.corona.woven.Strand;

import java.util.function.Function;

/** The frames of a scope's calls that wait, where the code around them is woven. */
final class ScopeFrames {
    private ScopeFrames() {}

    private static Code code(String method, String descriptor, Resumption resumption) {
        return Code.of(Scope.class, method, descriptor, resumption);
    }

    /** Waits for the children; false if the strand pauses, with a frame of the wait on it. */
    static boolean waitForChildren(
            ScopeEnding ending, Strand strand, Function<ScopeEnding, Frame> frame) {
        while (ending.waits()) {
            try {
                ending.scope.awaitChildren(strand);
                if (strand.pausing) {
                    strand.push(frame.apply(ending));
                    return false;
                }
            } catch (Throwable thrown) {
                strand.settle();
                ending.waited(thrown);
            }
        }
        return true;
    }

    /** Of {@link Scope#call}, while its body waits. */
    static final class OfBody extends Frame {
        private static final Code CODE =
                code(
                        "call",
                        "(Ldev/corona/async/Scope$ScopeBody;)Ljava/lang/Object;",
                        (frame, strand) -> ((OfBody) frame).goOn(strand));

        private final ScopeEnding ending;

        OfBody(ScopeEnding ending) {
            super(CODE);
            this.ending = ending;
        }

        private void goOn(Strand strand) {
            ending.thrown = strand.takeThrown();
            ending.result = strand.ra;
            ending.begin();
            if (waitForChildren(ending, strand, OfEnd::new)) strand.ra = ending.result();
        }
    }

    /** Of {@link Scope#call}, while it waits for the children. */
    static final class OfEnd extends Frame {
        private static final Code CODE =
                code(
                        "call",
                        "(Ldev/corona/async/Scope$ScopeBody;)Ljava/lang/Object;",
                        (frame, strand) -> ((OfEnd) frame).goOn(strand));

        private final ScopeEnding ending;

        OfEnd(ScopeEnding ending) {
            super(CODE);
            this.ending = ending;
        }

        private void goOn(Strand strand) {
            ending.waited(strand.takeThrown());
            if (waitForChildren(ending, strand, e -> this)) strand.ra = ending.result();
        }
    }

    /** Of {@link Scope#close}. */
    static final class OfClose extends Frame {
        private static final Code CODE =
                code("close", "()V", (frame, strand) -> ((OfClose) frame).goOn(strand));

        private final ScopeEnding ending;

        OfClose(ScopeEnding ending) {
            super(CODE);
            this.ending = ending;
        }

        private void goOn(Strand strand) {
            ending.waited(strand.takeThrown());
            if (waitForChildren(ending, strand, e -> this)) ending.rethrow();
        }
    }

    /** Of {@link Scope#join}. */
    static final class OfJoin extends Frame {
        private static final Code CODE =
                code("join", "()V", (frame, strand) -> ((OfJoin) frame).goOn(strand));

        private final Scope scope;

        OfJoin(Scope scope) {
            super(CODE);
            this.scope = scope;
        }

        private void goOn(Strand strand) {
            strand.throwFailure();
            scope.join(strand);
        }
    }

    /** Of {@link Scope#all}. */
    static final class OfAll extends Frame {
        private static final Code CODE =
                code(
                        "all",
                        "(Ljava/util/Collection;)Ljava/util/List;",
                        (frame, strand) -> ((OfAll) frame).goOn(strand));

        private final ScopeOfAll<?> tasks;

        OfAll(ScopeOfAll<?> tasks) {
            super(CODE);
            this.tasks = tasks;
        }

        private void goOn(Strand strand) {
            strand.throwFailure();
            strand.ra = tasks.results();
        }
    }
}
