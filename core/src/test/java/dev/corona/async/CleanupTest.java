package dev.corona.async;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corona.errors.CoroutineStateException;
import dev.corona.errors.LoopException;
import dev.corona.errors.Unwinding;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/** What becomes of suspended tasks when their loop ends; bodies may be woven. */
@Timeout(60)
class CleanupTest {
    private final List<String> log = new ArrayList<>();
    private final List<Throwable> uncaught = new ArrayList<>();
    private final IOException inFlight = new IOException("in flight");

    private LoopOptions options(Cleanup cleanup) {
        return LoopOptions.defaults()
                .withClock(LoopClock.virtual())
                .withCleanup(cleanup)
                .withUncaught((task, error) -> uncaught.add(error));
    }

    /** Runs a loop whose main task returns, or fails, while another is suspended for good. */
    private Task<Object> leaveSuspended(Cleanup cleanup, boolean failing, Virtual.Body other) {
        List<Task<Object>> left = new ArrayList<>();
        Throwable failure =
                failureOf(
                        cleanup,
                        () -> {
                            left.add(Virtual.spawn("left", other));
                            Corona.yieldNow();
                            if (failing) throw inFlight;
                        });
        if (failing) assertThat(failure).hasRootCause(inFlight);
        else assertThat(failure).isNull();
        return left.getFirst();
    }

    private Throwable failureOf(Cleanup cleanup, Virtual.Body main) {
        try {
            Corona.run(options(cleanup), Virtual.callable(main));
            return null;
        } catch (Exception thrown) {
            return thrown;
        }
    }

    private void waitForGood() {
        try {
            Corona.parkForever("good");
        } finally {
            log.add("finally");
        }
    }

    @Test
    void unwindsByDefault() {
        Task<Object> left = leaveSuspended(Cleanup.unwind(), false, () -> waitForGood());
        assertThat(log).containsExactly("finally");
        assertThat(Virtual.thrownBy(left::join)).isInstanceOf(CancellationException.class);
    }

    @Test
    void leaksWhereThatIsAsked() {
        Task<Object> left =
                leaveSuspended(Cleanup.of(Cleanup.Action.LEAK), false, () -> waitForGood());
        assertThat(log).isEmpty();
        assertThat(Virtual.thrownBy(left::join))
                .isInstanceOf(CancellationException.class)
                .hasStackTraceContaining("left was left where it waits");
    }

    @Test
    void hasAnActionOfItsOwnWhileSomethingFails() {
        Cleanup cleanup = Cleanup.unwind().whileFailing(Cleanup.Action.LEAK);
        leaveSuspended(cleanup, true, () -> waitForGood());
        assertThat(log).isEmpty();
        leaveSuspended(cleanup, false, () -> waitForGood());
        assertThat(log).containsExactly("finally");
    }

    @Test
    void abortsWithAReportOfWhoWaits() {
        Cleanup cleanup = Cleanup.unwind().whileFailing(Cleanup.Action.ABORT).withAbort(log::add);
        leaveSuspended(cleanup, true, () -> waitForGood());
        assertThat(log)
                .singleElement()
                .asString()
                .contains("aborted", "left waits for good", "CleanupTest");
    }

    @Test
    void errorsOfTheCleanupAreSuppressedInTheOneInFlight() {
        leaveSuspended(
                Cleanup.unwind(),
                true,
                () -> {
                    try {
                        waitForGood();
                    } finally {
                        throwUp();
                    }
                });
        assertThat(inFlight.getSuppressed())
                .filteredOn(e -> e instanceof IllegalStateException)
                .singleElement()
                .extracting(Throwable::getMessage)
                .isEqualTo("in finally");
        assertThat(uncaught).isEmpty();
    }

    @Test
    void errorsOfTheCleanupAreReportedWhereNoneIsInFlight() {
        leaveSuspended(
                Cleanup.unwind(),
                false,
                () -> {
                    try {
                        waitForGood();
                    } finally {
                        throwUp();
                    }
                });
        assertThat(uncaught)
                .singleElement()
                .extracting(Throwable::getMessage)
                .isEqualTo("in finally");
    }

    private static void throwUp() {
        throw new IllegalStateException("in finally");
    }

    @Test
    void aWaitInAFinallyBlockDoesNotHang() {
        CompletableFuture<Object> never = new CompletableFuture<>();
        leaveSuspended(
                Cleanup.unwind(),
                false,
                () -> {
                    try {
                        waitForGood();
                    } finally {
                        log.add("awaits");
                        Corona.await(never);
                    }
                });
        assertThat(log).containsExactly("finally", "awaits");
        assertThat(uncaught).isEmpty();
    }

    @Test
    void aSpawnInAFinallyBlockIsRefused() {
        leaveSuspended(
                Cleanup.unwind(),
                false,
                () -> {
                    try {
                        waitForGood();
                    } finally {
                        log.add(refusal());
                    }
                });
        assertThat(log).containsExactly("finally", "Ended");
    }

    private static String refusal() {
        Exception thrown = Virtual.thrownBy(() -> Corona.spawn(() -> ""));
        assertThat(thrown).isInstanceOf(LoopException.class);
        return thrown.getClass().getSimpleName();
    }

    @Test
    void aTaskThatIgnoresCancellationsIsUnwoundAllTheSame() {
        leaveSuspended(
                Cleanup.unwind(),
                false,
                () -> {
                    while (true) {
                        try {
                            waitForGood();
                        } catch (CancellationException ignored) {
                            log.add("ignored");
                        }
                    }
                });
        assertThat(log).containsExactly("finally");
    }

    @Test
    void aTaskThatSwallowsTheUnwindingIsGivenUp() {
        leaveSuspended(
                Cleanup.unwind(),
                false,
                () -> {
                    while (true) {
                        try {
                            Corona.parkForever("good");
                        } catch (Unwinding swallowed) {
                            log.add("swallowed");
                        }
                    }
                });
        assertThat(log).hasSizeBetween(50, 200);
        assertThat(uncaught)
                .singleElement()
                .isInstanceOf(CoroutineStateException.CloseIgnored.class);
    }

    @Test
    void awaitOrDroppedReturnsInPlaceOfUnwinding() {
        CompletableFuture<String> never = new CompletableFuture<>();
        Task<Object> left =
                leaveSuspended(
                        Cleanup.unwind(),
                        true,
                        () -> {
                            Awaited<String> awaited = Corona.awaitOrDropped(never);
                            log.add(awaited.toString());
                            log.add(awaited.isDropped() ? "dropped" : "not dropped");
                        });
        assertThat(log).containsExactly("Dropped[task=left]", "dropped");
        assertThat(never.getNumberOfDependents()).isZero();
        assertThat(left.isCompletedExceptionally()).isFalse();
    }

    @Test
    void theNextWaitAfterADroppedOneIsUnwound() {
        CompletableFuture<String> never = new CompletableFuture<>();
        leaveSuspended(
                Cleanup.unwind(),
                true,
                () -> {
                    Corona.awaitOrDropped(never);
                    log.add("dropped");
                    waitForGood();
                    log.add("not reached");
                });
        assertThat(log).containsExactly("dropped", "finally");
    }

    @Test
    void awaitOrDroppedGivesValuesAndErrorsOtherwise() {
        Virtual.run(
                () -> {
                    Task<Object> value = Virtual.spawn("value", () -> Virtual.sleepSeconds(1));
                    assertThat(Corona.awaitOrDropped(value)).isEqualTo(new Awaited.Value<>(""));
                    assertThat(Corona.awaitOrDropped(value)).isEqualTo(new Awaited.Value<>(""));
                    Task<Object> failing = Virtual.spawn("failing", () -> throwUp());
                    assertThat(Virtual.thrownBy(() -> Corona.awaitOrDropped(failing)))
                            .hasMessage("in finally");
                });
    }
}
