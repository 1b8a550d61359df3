package dev.corona.js;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** Programs that run inside of another one, which goes on when they have ended. */
class EmbeddingTest {
    private Project project;

    @BeforeEach
    void open(@TempDir Path folder) {
        project = new Project(folder);
    }

    @Test
    void coroutineThatCatchesEverythingDoesNotOutliveTheProgram() {
        project.file(
                "main.js",
                """
                spawn(() => { while (true) { try { sleep(60000); } catch (e) { console.log('caught'); } } });
                spawn(() => { try { sleep(60000); } finally { sleep(60000); } });
                sleep(1);
                process.exit(4);
                """);
        assertThat(project.run("main.js")).isEqualTo(new Project.Result(4, "", ""));
    }

    @Test
    void programsDoNotShareTheirGlobals() {
        project.file("main.js", "console.log(typeof globalThis.left); globalThis.left = 1;");
        for (int i = 0; i < 2; i++)
            assertThat(project.run("main.js")).isEqualTo(new Project.Result(0, "undefined\n", ""));
    }

    @Test
    void programsRunSideBySide() throws InterruptedException {
        project.file(
                "main.js",
                """
                let sum = 0;
                for (let i = 0; i < 50; i++) { sleep(1); sum += wait(Promise.resolve(i)); }
                console.log(sum);
                """);
        List<Project.Result> results = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Thread thread =
                    new Thread(
                            () -> {
                                Project.Result result = project.run("main.js");
                                synchronized (results) {
                                    results.add(result);
                                }
                            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) thread.join();
        assertThat(results)
                .hasSize(3)
                .allSatisfy(r -> assertThat(r).isEqualTo(new Project.Result(0, "1225\n", "")));
    }

    @Test
    void interruptStopsTheProgram() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        project.file(
                "main.js",
                "process.exitCode = 1; new Promise(() => {}); setInterval(() => {}, 5); sleep(1e9);");
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                project.run("main.js");
                            } catch (Throwable e) {
                                thrown.set(e);
                            }
                            ended.countDown();
                        });
        thread.start();
        thread.interrupt();
        ended.await();
        assertThat(thrown.get()).hasCauseInstanceOf(InterruptedException.class);
    }
}
