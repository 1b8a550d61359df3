package dev.corona.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corona.kernel.Engine;
import dev.corona.kernel.Engines;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The three engines inside each other, three deep: suspending through another engine works or is refused by name. */
class MixedEnginesTest {
    private static final Class<?> P =
            Compiled.woven(
                    """
                    import dev.corona.kernel.*;
                    class P {
                        static List<String> mix(Engine first, Engine second, Engine third, int target) {
                            List<String> log = new ArrayList<>();
                            Continuation[] made = new Continuation[3];
                            made[2] = third.create("level2", () -> {
                                log.add("in");
                                made[target].suspend();
                                log.add("on " + (Continuation.current() == made[2]));
                            });
                            made[1] = second.create("level1", () -> {
                                made[2].resume();
                                if (target == 2) {
                                    log.add("out in level1");
                                    made[2].resume();
                                }
                                log.add("level1 ends");
                            });
                            made[0] = first.create("level0", () -> {
                                made[1].resume();
                                if (target == 1) {
                                    log.add("out in level0");
                                    made[1].resume();
                                }
                                log.add("level0 ends");
                            });
                            try {
                                made[0].resume();
                                if (target == 0) {
                                    log.add("out in caller");
                                    made[0].resume();
                                }
                            } catch (RuntimeException e) {
                                log.add(e.getClass().getSimpleName() + ": " + e.getMessage());
                            }
                            log.add(Continuation.current() + " " + made[0].isFinished() + made[1].isFinished()
                                    + made[2].isFinished());
                            return log;
                        }
                    }
                    """);

    static Stream<Arguments> mixes() {
        List<Engine> engines = new ArrayList<>(Engines.all());
        engines.add(Engines.woven());
        List<Arguments> mixes = new ArrayList<>();
        for (Engine first : engines) {
            for (Engine second : engines) {
                for (Engine third : engines) {
                    for (int target = 0; target < 3; target++) {
                        mixes.add(Arguments.of(first, second, third, target));
                    }
                }
            }
        }
        return mixes.stream();
    }

    @ParameterizedTest
    @MethodSource("mixes")
    void suspendsThroughOthersOrRefusesByName(Engine first, Engine second, Engine third, int target)
            throws Exception {
        List<Engine> levels = List.of(first, second, third);
        List<String> log = mix(first, second, third, target);
        String where = levels.stream().map(Engine::name).toList() + " target " + target;
        boolean framesOnly = levels.subList(target, 3).stream().allMatch(e -> e == Engines.woven());
        if (levels.get(target) == Engines.woven() && !framesOnly) {
            assertThat(log).as(where).hasSize(3).startsWith("in").endsWith("null truetruetrue");
            assertThat(log.get(1)).as(where).startsWith("Pinned: cannot suspend level" + target);
            return;
        }
        String out = target == 0 ? "out in caller" : "out in level" + (target - 1);
        assertThat(log)
                .as(where)
                .containsExactly(
                        "in", out, "on true", "level1 ends", "level0 ends", "null truetruetrue");
    }

    @SuppressWarnings("unchecked")
    private static List<String> mix(Engine first, Engine second, Engine third, int target)
            throws Exception {
        Method mix =
                P.getDeclaredMethod("mix", Engine.class, Engine.class, Engine.class, int.class);
        mix.setAccessible(true);
        return (List<String>) mix.invoke(null, first, second, third, target);
    }
}
