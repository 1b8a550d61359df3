package dev.corona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corona.errors.CoroutineFailedException;
import dev.corona.errors.CoroutineStateException;
import dev.corona.errors.Unwinding;
import dev.corona.kernel.Engine;
import dev.corona.kernel.Engines;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Generators inside generators, on every engine. */
@ParameterizedClass
@MethodSource("engines")
class GeneratorDelegationTest {
    @Parameter Engine engine;

    private final List<Object> log = new ArrayList<>();

    static List<Engine> engines() {
        return Engines.all();
    }

    private <T> Generator<T> of(Generator.Body<T> body) {
        return Generator.on(engine, "g", body);
    }

    @Test
    void delegatesToGeneratorsAndToAnyIterable() {
        Generator<Object> g =
                of(
                        out -> {
                            out.yield("a");
                            out.yieldAll(of(in -> in.yield("b")));
                            out.yieldAll(List.of("c", "d"));
                            out.yieldAll(of(in -> {}));
                            out.yield("e");
                        });
        assertThat(g.stream()).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void delegatesToGeneratorsOfASubtype() {
        Generator<Integer> ints = of(out -> out.yield(1));
        Generator<Number> numbers =
                of(
                        out -> {
                            out.yieldAll(ints);
                            out.yield(2.5);
                        });
        assertThat(numbers.stream()).containsExactly(1, 2.5);
    }

    @Test
    void runsTheDelegateAnew() {
        Generator<Integer> inner = of(out -> out.yieldAll(List.of(1, 2)));
        inner.next();
        Generator<Integer> twice =
                of(
                        out -> {
                            out.yieldAll(inner);
                            out.yieldAll(inner);
                        });
        assertThat(twice.stream()).containsExactly(1, 2, 1, 2);
        assertThat(inner.next()).isEqualTo(2);
    }

    @Test
    void keepsTheConsumersStackFlatAtAnyDepth() {
        // a woven body has one call more on the stack until it was left for the first time
        nested(1).next();
        int[] depths = new int[2];
        for (int i = 0; i < 2; i++) {
            Generator<Integer> g = nested(i == 0 ? 1 : 200);
            assertThat(g.next()).isEqualTo(0);
            assertThat(g.next())
                    .isEqualTo(1); // the first time, woven bodies are called by each other
            depths[i] = measuredDepth;
            g.close();
        }
        assertThat(depths[1]).isEqualTo(depths[0]);
    }

    private int measuredDepth;

    /** Levels of delegation around a body that measures the stack under it at each value. */
    private Generator<Integer> nested(int levels) {
        if (levels > 0) return of(out -> out.yieldAll(nested(levels - 1)));
        return of(
                out -> {
                    for (int i = 0; ; i++) {
                        measuredDepth = new Throwable().getStackTrace().length;
                        out.yield(i);
                    }
                });
    }

    @Test
    void closingUnwindsFromTheInnermost() {
        Generator<Integer> g = guarded("outer", guarded("middle", guarded("inner", null)));
        assertThat(g.next()).isEqualTo(1);
        g.close();
        assertThat(log).containsExactly("inner", "middle", "outer");
        assertThat(g.hasNext()).isFalse();
    }

    private Generator<Integer> guarded(String name, Generator<Integer> inner) {
        return of(
                out -> {
                    try {
                        if (inner == null) out.yield(1);
                        else out.yieldAll(inner);
                    } finally {
                        log.add(name);
                    }
                });
    }

    @Test
    void closingTriesEveryLevel() {
        Generator<Integer> g =
                of(out -> failAtEnd(out, "outer", of(in -> failAtEnd(in, "x", null))));
        g.next();
        Throwable thrown = catchThrowable(g::close);
        assertThat(thrown).hasMessage("x");
        assertThat(thrown.getSuppressed())
                .singleElement()
                .extracting(Throwable::getMessage)
                .isEqualTo("outer");
    }

    @Test
    void closingUnwindsWhatDelegatedEvenIfTheDelegateEndsInOrder() {
        Generator<Integer> g =
                of(
                        out -> {
                            try {
                                out.yieldAll(
                                        of(
                                                in -> {
                                                    try {
                                                        in.yield(1);
                                                    } catch (Unwinding e) {
                                                        log.add("swallowed");
                                                    }
                                                }));
                                log.add("went on");
                            } finally {
                                log.add("finally");
                            }
                        });
        g.next();
        g.close();
        assertThat(log).containsExactly("swallowed", "finally");
    }

    @Test
    void whatDelegatedDoesNotCatchWhatFailsInClosing() {
        Generator<Integer> g =
                of(
                        out -> {
                            try {
                                out.yieldAll(of(in -> failAtEnd(in, "x", null)));
                            } catch (IllegalStateException e) {
                                log.add("caught");
                            } finally {
                                log.add("finally");
                            }
                        });
        g.next();
        assertThatThrownBy(g::close).isInstanceOf(IllegalStateException.class).hasMessage("x");
        assertThat(log).containsExactly("finally");
        assertThat(g.hasNext()).isFalse();
    }

    @Test
    void aClosedDelegateIsRefused() {
        Generator<Integer> closed = of(out -> out.yield(1));
        closed.close();
        Generator<Integer> g =
                of(
                        out -> {
                            log.add(catchThrowable(() -> out.yieldAll(closed)));
                            out.yield(2);
                        });
        assertThat(g.stream()).containsExactly(2);
        assertThat(log.get(0)).isInstanceOf(CoroutineStateException.Closed.class);
    }

    private static void failAtEnd(
            Generator.Yielder<Integer> out, String message, Generator<Integer> inner) {
        try {
            if (inner == null) out.yield(1);
            else out.yieldAll(inner);
        } finally {
            fail(message);
        }
    }

    private static void fail(String message) {
        throw new IllegalStateException(message);
    }

    @Test
    void errorsOfADelegateComeOutOfYieldAll() {
        Generator<String> g = of(this::catchAndGoOn);
        assertThat(g.stream()).containsExactly("one", "caught boom", "after");
    }

    private void catchAndGoOn(Generator.Yielder<String> out) {
        try {
            out.yieldAll(of(this::yieldAndFail));
        } catch (IllegalArgumentException e) {
            assertThat(e.getStackTrace())
                    .extracting(StackTraceElement::getMethodName)
                    .containsSubsequence("yieldAndFail", "catchAndGoOn");
            out.yield("caught " + e.getMessage());
        }
        out.yield("after");
    }

    private void yieldAndFail(Generator.Yielder<String> out) {
        out.yield("one");
        throw new IllegalArgumentException("boom");
    }

    @Test
    void uncaughtErrorsOfADelegateReachTheConsumer() {
        Generator<String> g =
                of(
                        out -> {
                            try {
                                out.yieldAll(
                                        Generator.on(
                                                engine,
                                                "deep",
                                                in -> {
                                                    throw new IOException("torn");
                                                }));
                            } finally {
                                log.add("finally");
                            }
                        });
        assertThatThrownBy(g::next)
                .isInstanceOf(CoroutineFailedException.class)
                .hasMessageContaining("generator deep failed")
                .hasRootCauseMessage("torn");
        assertThat(log).containsExactly("finally");
        assertThat(g.hasNext()).isFalse();
    }

    @Test
    void aDelegateMayYieldThroughTheOuterWayOut() {
        Generator<Integer> g =
                of(
                        out -> {
                            out.yieldAll(
                                    of(
                                            in -> {
                                                out.yield(1);
                                                in.yield(2);
                                                out.yieldAll(of(deeper -> deeper.yield(3)));
                                                in.yield(4);
                                            }));
                            out.yield(5);
                        });
        assertThat(g.stream()).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void aLoopInTheBodyMayYieldThroughTheGeneratorItWalks() {
        Generator<String> g =
                of(
                        out -> {
                            Generator<Integer> inner =
                                    of(
                                            in -> {
                                                out.yield("from inside");
                                                in.yield(1);
                                                out.yield("again");
                                            });
                            for (int i : inner) out.yield("got " + i);
                        });
        assertThat(g.stream()).containsExactly("from inside", "got 1", "again");
    }

    @Test
    void aRefusedDelegationHasChangedNothing() {
        Object monitor = new Object();
        Generator<Integer> g =
                of(
                        out -> {
                            synchronized (monitor) {
                                log.add(catchThrowable(() -> out.yieldAll(of(in -> in.yield(1)))));
                            }
                            out.yield(2);
                        });
        if (engine.traits().guardsMonitors()) {
            assertThat(g.stream().toList()).containsExactly(2);
            assertThat(log.get(0)).isInstanceOf(CoroutineStateException.MonitorHeld.class);
        } else {
            assertThat(g.stream().toList()).containsExactly(1, 2);
        }
    }

    @Test
    void walksTreesLikeTheirRecursion() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            Node tree = randomTree(random, 30);
            List<Integer> expected = new ArrayList<>();
            collect(tree, expected);
            assertThat(inOrder(tree).stream().toList()).as("seed " + seed).isEqualTo(expected);
        }
    }

    private record Node(Node left, int value, Node right) {}

    private static Node randomTree(Random random, int size) {
        if (size == 0) return null;
        int left = random.nextInt(size);
        return new Node(
                randomTree(random, left), random.nextInt(), randomTree(random, size - left - 1));
    }

    private static void collect(Node node, List<Integer> into) {
        if (node == null) return;
        collect(node.left, into);
        into.add(node.value);
        collect(node.right, into);
    }

    private Generator<Integer> inOrder(Node node) {
        return of(
                out -> {
                    if (node == null) return;
                    out.yieldAll(inOrder(node.left));
                    out.yield(node.value);
                    out.yieldAll(inOrder(node.right));
                });
    }

    /** Random programs of yields, delegations, failures and early ends, against the list that a plain recursion makes. */
    @Test
    void meansTheSameAsBuildingAList() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            Program program = randomProgram(random, 4);
            List<Integer> expected = new ArrayList<>();
            Throwable failure = catchThrowable(() -> program.runInto(expected));
            List<Integer> seen = new ArrayList<>();
            Generator<Integer> g = program.generator(engine);
            Throwable seenFailure = catchThrowable(() -> g.forEachRemaining(seen::add));
            assertThat(seen).as("seed " + seed + ", program " + i).isEqualTo(expected);
            assertThat(messageOf(seenFailure)).isEqualTo(messageOf(failure));
            takesAPrefix(program, expected, random.nextInt(expected.size() + 1), seed);
        }
    }

    private void takesAPrefix(Program program, List<Integer> expected, int count, long seed) {
        try (Generator<Integer> g = program.generator(engine)) {
            assertThat(g.stream().limit(count))
                    .as("seed " + seed)
                    .isEqualTo(expected.subList(0, count));
        }
    }

    private static String messageOf(Throwable thrown) {
        return thrown == null ? "none" : thrown.getMessage();
    }

    /** A step yields a value, runs a program, or fails; a program may catch what its steps throw. */
    private record Program(List<Object> steps, boolean catches) {
        void runInto(List<Integer> list) {
            try {
                for (Object step : steps) {
                    if (step instanceof Integer value) list.add(value);
                    else if (step instanceof Program inner) inner.runInto(list);
                    else throw new IllegalStateException((String) step);
                }
            } catch (IllegalStateException e) {
                if (!catches) throw e;
                list.add(-1);
            }
        }

        Generator<Integer> generator(Engine engine) {
            return Generator.on(engine, "program", this::runOut);
        }

        private void runOut(Generator.Yielder<Integer> out) {
            Engine engine = dev.corona.kernel.Continuation.current().engine();
            try {
                for (Object step : steps) {
                    if (step instanceof Integer value) out.yield(value);
                    else if (step instanceof Program inner) out.yieldAll(inner.generator(engine));
                    else throw new IllegalStateException((String) step);
                }
            } catch (IllegalStateException e) {
                if (!catches) throw e;
                out.yield(-1);
            }
        }
    }

    private static Program randomProgram(Random random, int depth) {
        List<Object> steps = new ArrayList<>();
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            int kind = random.nextInt(10);
            if (kind == 0) steps.add("failure " + random.nextInt(100));
            else if (kind < 5 && depth > 0) steps.add(randomProgram(random, depth - 1));
            else steps.add(random.nextInt(1000));
        }
        return new Program(steps, random.nextInt(3) == 0);
    }
}
