package dev.corona.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corona.Coexpression;
import dev.corona.Generator;
import dev.corona.async.Corona;
import dev.corona.snapshot.Snapshots;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/** The build weaves the examples: their coroutines run on the woven engine, and the one that cannot on another. */
class WovenExamplesTest {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private static void assertWoven(Generator<?> generator, String method) {
        generator.next();
        assertThat(Snapshots.calls(generator)).isNotEmpty();
        assertThat(Snapshots.calls(generator).toString()).contains(method);
        generator.close();
    }

    @Test
    void generatorsAndCoexpressionsAreWoven() {
        assertWoven(GeneratorTour.fibonacci(), "fibonacci");
        assertWoven(GeneratorTour.hanoi(3, 'A', 'B', 'C'), "hanoi");
        Coexpression<Double, Double> mean = GeneratorTour.mean();
        mean.yieldCall(4.0);
        assertThat(Snapshots.calls(mean).toString()).contains("mean");
    }

    @Test
    void theParserThatCallsFromOutsideIsNot() {
        Generator<?> events = SaxInversion.events(SaxInversion.library());
        events.next();
        assertThat(Snapshots.calls(events)).isEmpty();
        events.close();
    }

    @Test
    void theDumpNamesTheWovenEngineForTheTasksOfTheTour() throws Exception {
        AtomicBoolean isSeen = new AtomicBoolean();
        Thread tour =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    while (!isSeen.get()) Tour.total();
                                });
        Instant end = Instant.now().plus(LONGEST);
        String dump;
        do {
            dump = Corona.dumpAll().toString();
        } while (!dump.contains("sleep 10 ms") && Instant.now().isBefore(end));
        isSeen.set(true);
        tour.join();
        assertThat(dump)
                .containsPattern("main .*\\(woven\\), spawned at .*Tour")
                .containsPattern("waits for sleep 10 ms .*\\(woven\\), spawned at .*Tour");
    }
}
