package dev.corona.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.corona.errors.LoopException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Tasks that move to another loop and back, where their engine allows it; bodies may be woven. */
@Timeout(60)
class MoveTest {
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService otherThread =
            Executors.newSingleThreadExecutor(work -> new Thread(work, "other"));
    private final EventLoop other = EventLoop.on(otherThread);

    @AfterEach
    void endOtherLoop() {
        other.shutDown().join();
        otherThread.shutdown();
    }

    private static boolean moves() {
        return Corona.run(
                () -> {
                    Corona.yieldNow(); // what never waits is not woven
                    return Task.currentOrNull().isMovable();
                });
    }

    private static void run(Virtual.Body body) {
        assumeTrue(moves());
        Corona.run(
                () -> {
                    body.run();
                    return "";
                });
    }

    @Test
    void goesOnOnTheOtherLoopAndComesBack() {
        run(
                () -> {
                    EventLoop home = EventLoop.current();
                    Corona.moveTo(other);
                    log.add(EventLoop.current() == other ? "away" : "home");
                    Corona.yieldNow();
                    log.add(other.isCurrent() && !home.isCurrent() ? "away" : "home");
                    String child =
                            Corona.spawn(() -> EventLoop.current() == other ? "there" : "here")
                                    .join();
                    Corona.moveTo(home);
                    log.add(child + " " + home.isCurrent());
                });
        assertThat(log).containsExactly("away", "away", "there true");
    }

    @Test
    void countsOnTheLoopThatItIsOn() {
        run(
                () -> {
                    EventLoop home = EventLoop.current();
                    home.hold();
                    int before = home.taskCount();
                    Corona.moveTo(other);
                    log.add("" + other.taskCount());
                    CompletableFuture<Integer> left = new CompletableFuture<>();
                    home.execute(() -> left.complete(home.taskCount()));
                    assertThat(Corona.await(left)).isEqualTo(before - 1);
                    Corona.moveTo(home);
                    home.release();
                });
        assertThat(log).containsExactly("1");
    }

    @Test
    void isCancelledWhereverItIs() {
        run(
                () -> {
                    CompletableFuture<String> arrived = new CompletableFuture<>();
                    Task<Object> traveller =
                            Virtual.spawn(
                                    "traveller",
                                    () -> {
                                        Corona.moveTo(other);
                                        arrived.complete("");
                                        log.add(placeOfCancellation());
                                    });
                    Corona.await(arrived);
                    traveller.cancel(false);
                    Corona.await(traveller);
                });
        assertThat(log).containsExactly("cancelled away");
    }

    private String placeOfCancellation() {
        try {
            return Corona.suspend("a cancellation", waiter -> {});
        } catch (CancellationException expected) {
            return EventLoop.current() == other ? "cancelled away" : "cancelled at home";
        }
    }

    @Test
    void movesAreManyAndLoseNothing() {
        run(
                () -> {
                    EventLoop home = EventLoop.current();
                    home.hold();
                    List<Task<Integer>> tasks = new ArrayList<>();
                    for (int i = 0; i < 20; i++) tasks.add(Corona.spawn(() -> travel(home)));
                    for (Task<Integer> task : tasks) assertThat(Corona.await(task)).isEqualTo(50);
                    home.release();
                });
    }

    private int travel(EventLoop home) {
        int trips = 0;
        for (int i = 0; i < 50; i++) {
            Corona.moveTo(other);
            if (EventLoop.current() == other) trips++;
            Corona.moveTo(home);
        }
        return trips;
    }

    @Test
    void refusesALoopThatHasEnded() {
        run(
                () -> {
                    Corona.await(other.shutDown());
                    assertThat(Virtual.thrownBy(() -> Corona.moveTo(other)))
                            .isInstanceOf(LoopException.Ended.class);
                });
    }

    @Test
    void refusesToLeaveAScope() {
        run(
                () -> {
                    try (Scope scope = Scope.open()) {
                        assertThat(Virtual.thrownBy(() -> Corona.moveTo(other)))
                                .isInstanceOf(LoopException.Immovable.class)
                                .hasMessageContaining("scope");
                    }
                });
    }

    @Test
    void namesTheEngineThatBindsATaskToItsThread() {
        assumeFalse(moves());
        Corona.run(
                () -> {
                    assertThat(Virtual.thrownBy(() -> Corona.moveTo(other)))
                            .isInstanceOf(LoopException.Immovable.class)
                            .hasMessageContaining("hotspot")
                            .hasMessageContaining("main");
                    return "";
                });
    }

    @Test
    void stayingWhereItIsIsNoMove() {
        Virtual.run(() -> Corona.moveTo(EventLoop.current()));
    }
}
