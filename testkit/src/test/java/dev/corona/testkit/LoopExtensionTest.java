package dev.corona.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.corona.async.Corona;
import dev.corona.async.LoopClock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

import java.io.IOException;
import java.time.Duration;

/** Runs the test classes below, some of which fail on purpose. */
class LoopExtensionTest {
    private static Throwable failureOf(String method, Class<?>... parameters) {
        Events events =
                EngineTestKit.engine("junit-jupiter")
                        .selectors(selectMethod(Cases.class, method, parameters))
                        .execute()
                        .testEvents();
        Event ended = events.finished().list().getFirst();
        return ended.getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class)
                .getThrowable()
                .orElse(null);
    }

    @LoopTest
    void aTestMayWait(Steps steps, LoopClock clock) {
        Corona.spawn(
                () -> {
                    steps.reach(2);
                    Corona.sleep(Duration.ofHours(1));
                    steps.reach(3);
                    return true;
                });
        steps.reach(1);
        Corona.sleep(Duration.ofHours(2));
        assertThat(clock.elapsed()).isEqualTo(Duration.ofHours(2));
        steps.last(4);
    }

    @LoopTest(time = LoopTest.Time.SYSTEM)
    void aTestMayGoByTheMachinesTime(LoopClock clock) {
        assertThat(clock).isSameAs(LoopClock.system());
    }

    @Test
    void failuresAreTheTestsOwn() {
        assertThat(failureOf("fails")).isExactlyInstanceOf(IOException.class).hasMessage("own");
    }

    @Test
    void aLeakedTaskFails() {
        assertThat(failureOf("leaks")).isInstanceOf(LeakedTasksError.class);
    }

    @Test
    void aLeakMayBeAllowed() {
        assertThat(failureOf("leaksAndMay")).isNull();
    }

    @Test
    void anUncaughtErrorFails() {
        assertThat(failureOf("forgetsAnError")).isInstanceOf(UncaughtErrorsError.class);
    }

    @Test
    void stepsWithoutAnEndFail() {
        assertThat(failureOf("stopsEarly", Steps.class))
                .hasMessageContaining("without its last step");
    }

    @Test
    void aClassMayBeExtendedAsAWhole() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(WholeClass.class))
                .execute()
                .testEvents()
                .assertStatistics(stats -> stats.succeeded(3).failed(0));
    }

    static class Cases {
        @LoopTest
        void fails() throws IOException {
            throw new IOException("own");
        }

        @LoopTest
        void leaks() {
            Corona.spawn(() -> 1);
        }

        @LoopTest(leftovers = LoopTest.Leftovers.AWAIT)
        void leaksAndMay() {
            Corona.spawn(() -> 1);
        }

        @LoopTest
        void forgetsAnError() {
            Corona.spawn(
                    () -> {
                        throw new IOException("lost");
                    });
            Corona.sleep(Duration.ofSeconds(1));
        }

        @LoopTest
        void stopsEarly(Steps steps) {
            steps.reach(1);
        }
    }

    @ExtendWith(LoopExtension.class)
    static class WholeClass {
        @Test
        void waits() {
            Corona.sleep(Duration.ofDays(1));
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void waitsForEach(int days) {
            Corona.sleep(Duration.ofDays(days));
        }
    }
}
