package dev.corona.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.errors.DeadlineException;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/** Beats of intervals under virtual time; bodies may be woven. */
class TickerTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final List<String> log = new ArrayList<>();

    private void beat(Ticker ticker) {
        long number = ticker.next();
        log.add(number + "@" + EventLoop.current().nanoTime() / 1_000_000_000L);
    }

    @Test
    void beatsAtAFixedRateHoweverLongTheWorkTakes() {
        Virtual.run(
                () -> {
                    Ticker ticker = Ticker.everyRate(Duration.ofSeconds(2));
                    for (int i = 0; i < 3; i++) {
                        beat(ticker);
                        Virtual.sleepSeconds(1);
                    }
                });
        assertThat(log).containsExactly("0@2", "1@4", "2@6");
    }

    @Test
    void pausesBeforeEachBeatWithAFixedDelay() {
        Virtual.run(
                () -> {
                    Ticker ticker = Ticker.everyDelay(Duration.ofSeconds(2));
                    for (int i = 0; i < 3; i++) {
                        beat(ticker);
                        Virtual.sleepSeconds(1);
                    }
                });
        assertThat(log).containsExactly("0@2", "1@5", "2@8");
    }

    @Test
    void leavesMissedBeatsOut() {
        Virtual.run(() -> beatWithAPause(Ticker.everyRate(SECOND)));
        assertThat(log).containsExactly("0@1", "4@5", "5@6");
    }

    @Test
    void catchesUpWithMissedBeats() {
        Virtual.run(() -> beatWithAPause(Ticker.everyRate(SECOND, Ticker.Missed.CATCH_UP)));
        assertThat(log).containsExactly("0@1", "1@4", "2@4");
    }

    @Test
    void startsTheGridAnewAfterAMissedBeat() {
        Virtual.run(() -> beatWithAPause(Ticker.everyRate(SECOND, Ticker.Missed.SHIFT)));
        assertThat(log).containsExactly("0@1", "1@4", "2@5");
    }

    /** Three and a half seconds of work after the first beat; whole seconds are shown. */
    private void beatWithAPause(Ticker ticker) {
        beat(ticker);
        Corona.sleep(Duration.ofMillis(3_500));
        beat(ticker);
        beat(ticker);
    }

    @Test
    void isALoopOverItsBeatsUntilItIsStopped() {
        Virtual.run(
                () -> {
                    Ticker ticker = Ticker.everyRate(SECOND);
                    while (ticker.hasNext()) {
                        if (ticker.next() == 2L) ticker.stop();
                        log.add("beat");
                    }
                    assertThat(Virtual.thrownBy(ticker::next))
                            .isInstanceOf(NoSuchElementException.class);
                    assertThat(ticker.iterator()).isSameAs(ticker);
                });
        assertThat(log).hasSize(3);
    }

    @Test
    void aCancelledStepLosesNoBeat() {
        Virtual.run(
                () -> {
                    Ticker ticker = Ticker.everyRate(Duration.ofSeconds(10));
                    Exception thrown =
                            Virtual.thrownBy(() -> Corona.timeout(SECOND, () -> ticker.next()));
                    assertThat(thrown).isInstanceOf(DeadlineException.Expired.class);
                    beat(ticker);
                });
        assertThat(log).containsExactly("0@10");
    }

    @Test
    void refusesAPeriodThatIsNotPositive() {
        Virtual.run(
                () ->
                        assertThatThrownBy(() -> Ticker.everyRate(Duration.ZERO))
                                .isInstanceOf(IllegalArgumentException.class)
                                .hasMessageContaining("PT0S"));
    }
}
