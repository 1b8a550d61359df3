package dev.corona.async;

import dev.corona.errors.Unwinding;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CancellationException;

/** How a scope is left: it waits until no child is live, whatever comes in between, and then says what comes out. */
final class ScopeEnding {
    final Scope scope;
    @Nullable Object result;
    @Nullable Throwable thrown;
    private boolean unwinding;

    /** How often there was no stack or memory to wait with. */
    private int failedWaits;

    ScopeEnding(Scope scope) {
        this.scope = scope;
    }

    /** The body has ended, with a result or an error. */
    void begin() {
        scope.beginClosing();
        if (thrown != null) scope.cancelChildren();
        if (thrown instanceof Unwinding) unwinding = true;
    }

    /**
     * Whether children are live and can be waited for; the loop's end unwinds them as it does their parent. Where there is no stack or memory
     * to wait with, a second time neither, they are cancelled and left alone.
     */
    boolean waits() {
        return scope.hasLiveChildren() && !unwinding && failedWaits < 2;
    }

    void waitForChildren() {
        while (waits()) waited(Failures.thrownBy(() -> scope.awaitChildren()));
    }

    /** A wait has ended, maybe by an error. */
    void waited(@Nullable Throwable inWait) {
        if (inWait == null) return;
        scope.cancelChildren();
        if (inWait instanceof Unwinding) unwinding = true;
        if (inWait instanceof VirtualMachineError) failedWaits++;
        if (thrown == null) thrown = inWait;
    }

    /** What the first form of a scope returns or throws. */
    @SuppressWarnings({"unchecked", "NullAway"}) // it is what the body returned
    <T extends @Nullable Object> T result() {
        Throwable failed = scope.takeFailure();
        if (failed != null && isDueToChild()) throw Failures.rethrow(failed);
        if (failed != null) addSuppressed(thrown, failed);
        if (thrown != null) throw Failures.sneak(thrown);
        return (T) result;
    }

    /** Whether nothing else than the failure of a child ended the body. */
    private boolean isDueToChild() {
        Throwable by = thrown;
        if (by == null) return true;
        if (!(by instanceof CancellationException)) return false;
        Throwable original = by.getCause() instanceof CancellationException c ? c : by;
        return !scope.isCancellationOfOwner(original);
    }

    /** Throws what came in between; what the second form of a scope does at its end. */
    void rethrow() {
        Throwable failed = scope.untakenFailure();
        if (thrown != null) {
            if (failed != null) addSuppressed(thrown, failed);
            throw Failures.sneak(thrown);
        }
        if (failed != null) throw Failures.rethrow(failed);
    }

    /** Adds one error to another, unless either is the other or a cause of it. */
    static void addSuppressed(@Nullable Throwable to, Throwable added) {
        if (to == null || isAmongCauses(to, added) || isAmongCauses(added, to)) return;
        to.addSuppressed(added);
    }

    private static boolean isAmongCauses(Throwable sought, Throwable error) {
        for (Throwable known = error; known != null; known = known.getCause())
            if (known == sought) return true;
        return false;
    }
}
