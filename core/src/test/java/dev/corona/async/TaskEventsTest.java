package dev.corona.async;

import static org.assertj.core.api.Assertions.assertThat;

import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

class TaskEventsTest {
    @TempDir private Path folder;

    private List<RecordedEvent> record(Virtual.Body body) throws IOException {
        Path file = folder.resolve("tasks.jfr");
        try (Recording recording = new Recording()) {
            for (String name : List.of("Spawn", "Suspend", "Resume", "End"))
                recording.enable("corona.Task" + name);
            recording.start();
            Virtual.run(body);
            recording.stop();
            recording.dump(file);
        }
        // a file holds the events of one thread after those of another
        return RecordingFile.readAllEvents(file).stream()
                .filter(e -> e.getString("task").equals("recorded"))
                .sorted(Comparator.comparing(RecordedEvent::getStartTime))
                .toList();
    }

    private static String kind(RecordedEvent event) {
        return event.getEventType().getName();
    }

    @Test
    void aTaskIsRecordedFromItsSpawnToItsEnd() throws IOException {
        List<RecordedEvent> events =
                record(
                        () ->
                                Corona.await(
                                        Virtual.spawn("recorded", () -> Virtual.sleepSeconds(1))));
        assertThat(events)
                .extracting(TaskEventsTest::kind)
                .containsExactly(
                        "corona.TaskSpawn",
                        "corona.TaskSuspend",
                        "corona.TaskResume",
                        "corona.TaskEnd");
        assertThat(events.get(0).getString("spawner")).isEqualTo("main");
        assertThat(events.get(0).getString("site")).contains("TaskEventsTest.java:");
        assertThat(events.get(1).getString("waitsFor")).isEqualTo("sleep 1000 ms");
        assertThat(events.get(3).getString("error")).isEmpty();
        assertThat(events)
                .extracting(e -> e.getInt("identity"))
                .containsOnly(events.get(0).getInt("identity"));
    }

    @Test
    void theErrorThatEndsATaskIsRecorded() throws IOException {
        List<RecordedEvent> events =
                record(
                        () -> {
                            Task<Object> task =
                                    Virtual.spawn(
                                            "recorded",
                                            () -> {
                                                throw new IOException("lost");
                                            });
                            task.handle((value, error) -> "handled");
                            Virtual.sleepSeconds(1);
                        });
        assertThat(events.getLast().getString("error")).isEqualTo("java.io.IOException");
    }
}
