package dev.corona.async;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

class DumpTest {
    private static LoopDump dumpOf(Virtual.Body body) {
        return Virtual.call(
                () -> {
                    body.run();
                    LoopDump dump = Corona.dump();
                    EventLoop.current().tasks().forEach(task -> task.cancel(false));
                    return dump;
                });
    }

    private static TaskDump child(TaskDump task, String name) {
        return task.children().stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not below " + task));
    }

    @Test
    void isTheTreeOfTasksBySpawner() {
        LoopDump dump =
                dumpOf(
                        () -> {
                            Virtual.spawn(
                                    "parent",
                                    () -> {
                                        Virtual.spawn("child", () -> Virtual.sleepSeconds(100));
                                        Virtual.sleepSeconds(100);
                                    });
                            Virtual.spawn("other", () -> Virtual.sleepSeconds(50));
                            Corona.yieldNow();
                            Corona.yieldNow();
                        });
        assertThat(dump.taskCount()).isEqualTo(4);
        TaskDump main = dump.tasks().getFirst();
        assertThat(main.name()).isEqualTo("main");
        assertThat(main.state()).isEqualTo(TaskDump.State.RUNNING);
        assertThat(main.children()).extracting(TaskDump::name).containsExactly("parent", "other");
        assertThat(child(main, "parent").children())
                .extracting(TaskDump::name)
                .containsExactly("child");
    }

    @Test
    void saysWhatEachWaitsForAndSinceWhen() {
        LoopDump dump =
                dumpOf(
                        () -> {
                            Virtual.spawn("sleeper", () -> Virtual.sleepSeconds(100));
                            Virtual.sleepSeconds(3);
                        });
        TaskDump sleeper = child(dump.tasks().getFirst(), "sleeper");
        assertThat(sleeper.state()).isEqualTo(TaskDump.State.WAITING);
        assertThat(sleeper.waitsFor()).isEqualTo("sleep 100000 ms");
        assertThat(sleeper.waiting()).isEqualTo(Duration.ofSeconds(3));
        assertThat(sleeper.engine()).isIn("hotspot", "threads", "woven");
        assertThat(sleeper.spawnedAt()).contains("DumpTest.java:");
        assertThat(sleeper.stack()).anyMatch(f -> f.getMethodName().equals("sleepSeconds"));
        assertThat(dump.timers()).isEqualTo(1);
    }

    @Test
    void aTaskThatWasWokenIsReady() {
        CompletableFuture<String> stage = new CompletableFuture<>();
        LoopDump dump =
                dumpOf(
                        () -> {
                            Virtual.spawn("woken", () -> Corona.await(stage));
                            Virtual.spawn("new", () -> {});
                            Corona.yieldNow();
                            Virtual.spawn("newer", () -> {});
                            stage.complete("now");
                        });
        TaskDump main = dump.tasks().getFirst();
        assertThat(child(main, "woken").state()).isEqualTo(TaskDump.State.READY);
        assertThat(child(main, "woken").waitsFor()).isNull();
        assertThat(child(main, "newer").state()).isEqualTo(TaskDump.State.NEW);
        assertThat(main.children()).noneMatch(t -> t.name().equals("new"));
    }

    @Test
    void namesTasksThatWaitForEachOther() {
        LoopDump dump =
                dumpOf(
                        () -> {
                            CompletableFuture<Task<Object>> second = new CompletableFuture<>();
                            Task<Object> first =
                                    Virtual.spawn(
                                            "first", () -> Corona.await(Corona.await(second)));
                            second.complete(Virtual.spawn("second", () -> Corona.await(first)));
                            Virtual.spawn("beside", () -> Corona.await(first));
                            Virtual.sleepSeconds(1);
                        });
        assertThat(dump.cycles()).hasSize(1);
        assertThat(dump.cycles().getFirst()).containsExactlyInAnyOrder("first", "second");
        assertThat(dump.toString()).contains("  cycle: ");
    }

    @Test
    void aDeadlockIsReportedWithItsCycle() {
        Throwable failure =
                Virtual.failureOf(
                        () -> {
                            Task<?> main = Task.currentOrNull();
                            Task<Object> child = Virtual.spawn("child", () -> Corona.await(main));
                            Corona.await(child);
                        });
        assertThat(failure).hasMessageContaining("cycle: ").hasMessageContaining("-> main");
    }

    @Test
    void isReadableText() {
        LoopDump dump =
                dumpOf(
                        () -> {
                            Virtual.spawn("sleeper", () -> Virtual.sleepSeconds(100));
                            Virtual.sleepSeconds(1);
                        });
        assertThat(dump.toString().lines())
                .anyMatch(
                        l ->
                                l.startsWith("event loop on ")
                                        && l.endsWith(": 2 tasks, 1 timer, 0 holds"))
                .anyMatch(l -> l.matches("  main runs \\(\\w+\\), spawned at .*"))
                .anyMatch(
                        l ->
                                l.matches(
                                        "    sleeper waits for sleep 100000 ms since 1.000 s \\(\\w+\\), spawned at .*"))
                .anyMatch(l -> l.matches(" {8}at .*isReadableText.*"));
    }

    @Test
    void isJson() {
        LoopDump dump =
                new LoopDump(
                        "t\"1\"",
                        List.of(
                                new TaskDump(
                                        "a\nb",
                                        TaskDump.State.WAITING,
                                        "x",
                                        Duration.ofNanos(5),
                                        "woven",
                                        "-",
                                        List.of(new StackTraceElement("C", "m", "C.java", 3)),
                                        List.of())),
                        1,
                        2,
                        List.of(List.of("p", "q")),
                        List.of());
        assertThat(dump.toJson())
                .isEqualTo(
                        """
                        {"thread":"t\\"1\\"","tasks":[{"name":"a\\u000ab","state":"WAITING","waitsFor":"x","waiting":5,\
                        "engine":"woven","spawnedAt":"-","stack":["C.m(C.java:3)"],"children":[]}],"timers":1,"holds":2,\
                        "cycles":[["p","q"]],"busy":[]}""");
    }

    @Test
    void anotherThreadSeesAllLoops() {
        CompletableFuture<List<LoopDump>> seen = new CompletableFuture<>();
        Corona.run(
                () -> {
                    Virtual.spawn("target-of-the-dump", () -> Corona.await(seen));
                    Thread.ofPlatform().start(() -> seen.complete(Corona.dumpAll()));
                    return Corona.await(seen);
                });
        assertThat(seen.join())
                .anyMatch(d -> d.toString().contains("target-of-the-dump waits for"));
    }

    @Test
    void aLoopThatIsStuckShowsItsThread() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        Thread loop =
                Thread.ofPlatform()
                        .start(
                                () ->
                                        Corona.run(
                                                () -> {
                                                    entered.countDown();
                                                    return stuckHere(leave);
                                                }));
        entered.await();
        try {
            assertThat(Corona.dumpAll())
                    .anyMatch(
                            d ->
                                    d.toString().contains("does not answer")
                                            && d.toString().contains("stuckHere"));
        } finally {
            leave.countDown();
            loop.join();
        }
    }

    private static boolean stuckHere(CountDownLatch leave) throws InterruptedException {
        leave.await();
        return true;
    }
}
