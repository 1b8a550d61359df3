package dev.corona.async;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corona.Generator;
import dev.corona.errors.LoopException;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Values that belong to tasks; bodies may be woven. */
class CoroutineLocalTest {
    private static final CoroutineLocal<String> USER = CoroutineLocal.named("user");

    private final List<String> log = new ArrayList<>();

    @Test
    void isBoundForTheRunOfABodyOverItsWaits() {
        Virtual.run(
                () -> {
                    String seen =
                            USER.call(
                                    "ann",
                                    () -> {
                                        Virtual.sleepSeconds(1);
                                        return USER.value();
                                    });
                    assertThat(seen).isEqualTo("ann");
                    assertThat(USER.isBound()).isFalse();
                    assertThat(USER.orElse("nobody")).isEqualTo("nobody");
                });
    }

    @Test
    void theInnermostBindingCounts() {
        Virtual.run(
                () ->
                        USER.call(
                                "ann",
                                () -> {
                                    String inner =
                                            USER.call(
                                                    "bob",
                                                    () -> {
                                                        Corona.yieldNow();
                                                        return USER.value();
                                                    });
                                    return log.add(inner + " in " + USER.value());
                                }));
        assertThat(log).containsExactly("bob in ann");
    }

    @Test
    void tasksDoNotSeeEachOthersBindings() {
        Virtual.run(
                () -> {
                    List<Task<String>> tasks = new ArrayList<>();
                    for (String user : List.of("ann", "bob", "cy"))
                        tasks.add(Corona.spawn(() -> USER.call(user, () -> sleepAndSee())));
                    Virtual.sleepSeconds(1);
                    assertThat(USER.isBound()).isFalse();
                    for (Task<String> task : tasks) log.add(task.join());
                    assertThat(log).containsExactly("ann", "bob", "cy");
                });
    }

    private static String sleepAndSee() {
        Virtual.sleepSeconds(2);
        return USER.value();
    }

    @Test
    void childrenInheritAndKeepAValue() {
        Virtual.run(
                () -> {
                    Task<String> child =
                            USER.call("ann", () -> Corona.spawn(() -> grandchild().join()));
                    assertThat(USER.isBound()).isFalse();
                    assertThat(child.join()).isEqualTo("ann");
                });
    }

    private static Task<String> grandchild() {
        return Corona.spawn(() -> sleepAndSee());
    }

    @Test
    void aSpawnerBindsForItsTasks() {
        Virtual.run(
                () ->
                        USER.call(
                                "ann",
                                () -> {
                                    Spawner spawner = Spawner.defaults().withLocal(USER, "bob");
                                    String child = spawner.spawn(() -> sleepAndSee()).join();
                                    return log.add(child + " under " + USER.value());
                                }));
        assertThat(log).containsExactly("bob under ann");
    }

    @Test
    void isUnboundAgainAfterAnError() {
        Virtual.run(
                () -> {
                    Exception thrown =
                            Virtual.thrownBy(
                                    () ->
                                            USER.call(
                                                    "ann",
                                                    () -> {
                                                        Corona.yieldNow();
                                                        throw new IOException("x");
                                                    }));
                    assertThat(thrown).isInstanceOf(IOException.class);
                    assertThat(USER.isBound()).isFalse();
                });
    }

    @Test
    void mayBeBoundToNull() {
        Virtual.run(
                () -> {
                    String seen = USER.call(null, () -> USER.orElse("unbound"));
                    assertThat(seen).isNull();
                });
    }

    @Test
    void theConsumerOfAGeneratorDoesNotSeeItsBindings() {
        Virtual.run(
                () -> {
                    Generator<String> generator =
                            Generator.of(
                                    out ->
                                            USER.call(
                                                    "of the generator",
                                                    () -> {
                                                        out.yield(USER.value());
                                                        out.yield(USER.value());
                                                        return "";
                                                    }));
                    USER.call(
                            "of the consumer",
                            () -> {
                                log.add(generator.next());
                                log.add(USER.value());
                                return "";
                            });
                    log.add(generator.next());
                    log.add(USER.orElse("none"));
                    assertThat(generator.hasNext()).isFalse();
                });
        assertThat(log)
                .containsExactly("of the generator", "of the consumer", "of the generator", "none");
    }

    @Test
    void namesItselfWhereItIsNotBound() {
        assertThat(Virtual.thrownBy(USER::value))
                .isInstanceOf(LoopException.Unbound.class)
                .hasMessageContaining("user is not bound");
        assertThat(Virtual.thrownBy(() -> USER.call("x", () -> "")))
                .isInstanceOf(LoopException.NotInTask.class);
    }
}
