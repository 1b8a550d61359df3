package dev.corona.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corona.Generator;
import dev.corona.kernel.Continuation;
import dev.corona.weave.differential.DirectForms;
import dev.corona.weave.differential.DirectForms.Way;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** There is no stack, or no memory, for a frame: the call fails at which the method was to be left, and nothing else does. */
public class FailedLeavingTest {
    private static int calls;
    private static int failing;

    /** What woven methods call before they push a frame. */
    public static void point() {
        if (++calls == failing) throw new StackOverflowError("made by the test");
    }

    @BeforeEach
    void none() {
        calls = 0;
        failing = 0;
    }

    private static Class<?> load(String source) {
        Map<String, byte[]> woven =
                new TreeMap<>(
                        Compiled.weave(Compiled.compile(Compiled.IMPORTS + source)).classes());
        woven.replaceAll((name, bytes) -> withPoints(bytes));
        return Compiled.load(woven);
    }

    private static byte[] withPoints(byte[] bytes) {
        CodeTransform code =
                (b, e) -> {
                    if (e instanceof InvokeInstruction i
                            && (i.name().equalsString("push") || i.name().equalsString("leave"))
                            && i.owner().asInternalName().startsWith("dev/corona/woven/")) {
                        b.invokestatic(
                                ClassDesc.of(FailedLeavingTest.class.getName()),
                                "point",
                                ConstantDescs.MTD_void);
                    }
                    b.with(e);
                };
        ClassFile files = ClassFile.of(ClassFile.StackMapsOption.STACK_MAPS_WHEN_REQUIRED);
        return files.transformClass(
                files.parse(bytes), ClassTransform.transformingMethodBodies(code));
    }

    private static final String PROGRAM =
            """
            public class P {
                public static final List<Object> LOG = new ArrayList<>();

                static int down(Generator.Yielder<Object> out, int n) {
                    try {
                        if (n > 0) return 1 + down(out, n - 1);
                        out.yield("a");
                        out.yield("b");
                        return 0;
                    } finally {
                        LOG.add(n);
                    }
                }

                public static Generator<Object> generator() {
                    return Generator.of(out -> {
                        for (int i = 0; i < 3; i++) {
                            try {
                                out.yield(down(out, 3));
                            } catch (StackOverflowError e) {
                                LOG.add("failed");
                            }
                        }
                        LOG.add("end");
                    });
                }
            }
            """;

    @ParameterizedTest
    @EnumSource(Way.class)
    void aMethodThatCannotBeLeftFailsAtItsCall(Way way) throws Exception {
        Class<?> type = load(PROGRAM);
        DirectForms forms = new DirectForms(List.of(type));
        Runnable before = forms.before(way, new Random(0));
        @SuppressWarnings("unchecked")
        List<Object> log = (List<Object>) type.getField("LOG").get(null);
        boolean failed = true;
        int runs = 0;
        while (failed) {
            calls = 0;
            failing = ++runs;
            before.run();
            log.clear();
            List<Object> values = values(type);
            failed = log.remove("failed");
            assertThat(failed).isEqualTo(calls >= failing);
            assertThat(log.removeLast()).isEqualTo("end");
            assertThat(Continuation.current()).isNull();
            requireTheOthers(values, failed, runs);
            requireFinally(log, failed, runs);
        }
        assertThat(runs).as("frames that are made").isGreaterThan(20);
    }

    private static void requireTheOthers(List<Object> values, boolean failed, int run) {
        int whole = 0;
        for (int i = 0; i + 2 < values.size(); i++) {
            if (values.subList(i, i + 3).equals(List.of("a", "b", 3))) whole++;
        }
        assertThat(whole).as("run %d: %s", run, values).isEqualTo(failed ? 2 : 3);
    }

    /** Those that were left in vain are lost; the methods that called them are not. */
    private static void requireFinally(List<Object> log, boolean failed, int run) {
        List<Object> whole = List.of(0, 1, 2, 3);
        List<Object> rest = new ArrayList<>(log);
        int count = 0;
        int lost = 0;
        while (!rest.isEmpty()) {
            int first = (Integer) rest.getFirst();
            List<Object> end = whole.subList(first, 4);
            assertThat(rest).as("run %d: %s", run, log).startsWith(end.toArray());
            rest.subList(0, end.size()).clear();
            count++;
            if (first > 0) lost++;
        }
        assertThat(count).as("run %d: %s", run, log).isBetween(failed ? 2 : 3, 3);
        assertThat(lost).isLessThanOrEqualTo(1);
    }

    @SuppressWarnings("unchecked")
    private static List<Object> values(Class<?> type) throws Exception {
        return ((Generator<Object>) Compiled.call(type, "generator")).stream().toList();
    }

    /** What the program's log is after each of its runs; in the last nothing fails. */
    private static List<List<Object>> logs(String program) throws Exception {
        Class<?> type = load(program);
        @SuppressWarnings("unchecked")
        List<Object> log = (List<Object>) type.getField("LOG").get(null);
        List<List<Object>> logs = new ArrayList<>();
        do {
            calls = 0;
            failing++;
            log.clear();
            Compiled.call(type, "run");
            assertThat(Continuation.current()).isNull();
            logs.add(List.copyOf(log));
        } while (calls >= failing);
        return logs;
    }

    @Test
    void aValueThatCouldNotBeYieldedIsNone() throws Exception {
        List<List<Object>> logs =
                logs(
                        """
                        public class P {
                            public static final List<Object> LOG = new ArrayList<>();

                            static void one(IntGenerator.Yielder out, int i) {
                                try { out.yield(i); } catch (StackOverflowError e) { LOG.add("failed"); }
                            }

                            static void run() {
                                IntGenerator ints = Generator.ofInts(out -> {
                                    for (int i = 0; i < 3; i++) {
                                        try { one(out, i); } catch (StackOverflowError e) { LOG.add("lost"); }
                                    }
                                });
                                while (ints.hasNext()) LOG.add(ints.nextInt());
                            }
                        }
                        """);
        assertThat(logs.getLast()).containsExactly(0, 1, 2);
        assertThat(logs)
                .contains(
                        List.of("failed", 1, 2),
                        List.of("lost", 1, 2),
                        List.of(0, "failed", 2),
                        List.of(0, "lost", 2),
                        List.of(0, 1, "failed"),
                        List.of(0, 1, "lost"));
        assertThat(Set.copyOf(logs)).hasSize(7);
    }

    @Test
    void whatCouldNotBeDelegatedToIsNotAsked() throws Exception {
        List<List<Object>> logs =
                logs(
                        """
                        public class P {
                            public static final List<Object> LOG = new ArrayList<>();

                            static void run() {
                                Generator<Object> inner = Generator.of(out -> { out.yield("a"); out.yield("b"); });
                                Generator<Object> outer = Generator.of(out -> {
                                    try { out.yieldAll(inner); } catch (StackOverflowError e) { LOG.add("failed"); }
                                    try { out.yield("after"); } catch (StackOverflowError e) { LOG.add("failed"); }
                                });
                                while (outer.hasNext()) LOG.add(outer.next());
                            }
                        }
                        """);
        assertThat(logs)
                .containsExactly(
                        List.of("failed", "after"),
                        List.of("failed", "after"),
                        List.of("a", "failed", "after"),
                        List.of("a", "b", "failed"),
                        List.of("a", "b", "after"));
    }

    @Test
    void aDelegateThatCouldNotBeLeftFailsWhereItWas() throws Exception {
        List<List<Object>> logs =
                logs(
                        """
                        public class P {
                            public static final List<Object> LOG = new ArrayList<>();

                            static void twice(Generator.Yielder<Object> out, String name) {
                                out.yield(name + 1);
                                out.yield(name + 2);
                            }
                            static Generator<Object> nested(int n) {
                                return Generator.of(out -> {
                                    try {
                                        if (n > 0) out.yieldAll(nested(n - 1));
                                        twice(out, "v" + n);
                                    } catch (StackOverflowError e) {
                                        LOG.add("failed " + n);
                                    }
                                });
                            }
                            static void run() {
                                Generator<Object> outer = nested(2);
                                try {
                                    while (outer.hasNext()) LOG.add(outer.next());
                                } catch (StackOverflowError e) {
                                    LOG.add("lost");
                                }
                            }
                        }
                        """);
        assertThat(logs)
                .containsExactly(
                        List.of("failed 0", "v11", "v12", "v21", "v22"),
                        List.of("failed 0", "v11", "v12", "v21", "v22"),
                        List.of("failed 1", "v21", "v22"),
                        List.of("failed 2"),
                        List.of("v01", "failed 0", "v11", "v12", "v21", "v22"),
                        List.of("v01", "v02", "failed 1", "v21", "v22"),
                        List.of("v01", "v02", "failed 1", "v21", "v22"),
                        List.of("v01", "v02", "v11", "failed 1", "v21", "v22"),
                        List.of("v01", "v02", "v11", "v12", "failed 2"),
                        List.of("v01", "v02", "v11", "v12", "failed 2"),
                        List.of("v01", "v02", "v11", "v12", "v21", "failed 2"),
                        List.of("v01", "v02", "v11", "v12", "v21", "v22"));
    }

    @Test
    void aTurnThatCouldNotBeGivenUpIsKept() throws Exception {
        List<List<Object>> logs =
                logs(
                        """
                        public class P {
                            public static final List<Object> LOG = new ArrayList<>();

                            static void turn(String what) {
                                LOG.add(what);
                                Coroutine.yieldNext();
                            }
                            static void member(String name, Coroutine called) {
                                for (int i = 1; i <= (called == null ? 3 : 1); i++) {
                                    try {
                                        turn(name + i);
                                    } catch (StackOverflowError e) {
                                        LOG.add("failed");
                                    }
                                }
                                if (called == null || called.isFinished()) return;
                                try {
                                    Coroutine.yieldCall(called);
                                } catch (StackOverflowError e) {
                                    LOG.add("failed");
                                }
                                LOG.add(name + "end");
                            }
                            static void run() {
                                Coroutine c = Coroutine.of(() -> member("c", null));
                                Coroutine.of(() -> member("a", c));
                                Coroutine.of(() -> member("b", null));
                                try {
                                    Coroutine.drain();
                                } catch (Throwable e) {
                                    LOG.add("lost");
                                    Coroutine.drain();
                                }
                            }
                        }
                        """);
        assertThat(logs.getLast())
                .containsExactly("c1", "a1", "b1", "c2", "c3", "aend", "b2", "b3");
        for (List<Object> log : logs.subList(0, logs.size() - 1)) {
            assertThat(log)
                    .as("of one fault")
                    .containsOnlyOnce(log.contains("lost") ? "lost" : "failed");
            List<Object> expected =
                    new ArrayList<>(List.of("a1", "b1", "c1", "b2", "c2", "b3", "c3"));
            if (log.contains("lost")) {
                Object last = log.get(log.indexOf("lost") - 1);
                String member = last.toString().substring(0, 1);
                expected.removeIf(e -> e.toString().startsWith(member) && !log.contains(e));
            }
            assertThat(log).containsAll(expected);
        }
    }

    @Test
    void scopesAndSectionsThatCouldNotBeLeftEnd() throws Exception {
        List<List<Object>> logs =
                logs(
                        """
                        import dev.corona.async.*;
                        import java.time.Duration;
                        public class P {
                            public static final List<Object> LOG = new ArrayList<>();

                            static int nap(int millis) {
                                Corona.sleep(Duration.ofMillis(millis));
                                LOG.add(millis);
                                return millis;
                            }
                            static int both() throws Exception {
                                return Scope.call(scope -> {
                                    Task<Integer> one = scope.spawn(() -> nap(10));
                                    Task<Integer> two = scope.spawn(() -> nap(20));
                                    return Corona.await(one) + Corona.await(two);
                                });
                            }
                            static void run() {
                                Corona.run(LoopClock.virtual(), () -> {
                                    try {
                                        LOG.add(both());
                                    } catch (StackOverflowError e) {
                                        LOG.add("scope failed");
                                    }
                                    try {
                                        LOG.add(Corona.timeout(Duration.ofMillis(50), () -> nap(5)));
                                    } catch (StackOverflowError e) {
                                        LOG.add("timeout failed");
                                    }
                                    try {
                                        LOG.add(Corona.shielded(() -> nap(6)));
                                    } catch (StackOverflowError e) {
                                        LOG.add("shield failed");
                                    }
                                    Corona.atomic(() -> LOG.add("atomic"));
                                    try {
                                        nap(7);
                                    } catch (StackOverflowError e) {
                                        LOG.add("failed");
                                    }
                                    return null;
                                });
                            }
                        }
                        """);
        assertThat(logs.getLast()).containsExactly(10, 20, 30, 5, 5, 6, 6, "atomic", 7);
        for (List<Object> log : logs.subList(0, logs.size() - 1)) {
            assertThat(log.toString().split("failed")).as("of one fault: " + log).hasSize(2);
            assertThat(log).contains("atomic");
            if (!log.contains("scope failed")) assertThat(log).startsWith(10, 20, 30);
            if (!log.contains("timeout failed")) assertThat(log).containsSequence(5, 5);
            if (!log.contains("shield failed")) assertThat(log).containsSubsequence(6, 6);
            if (!log.contains("failed")) assertThat(log).endsWith(7);
        }
        assertThat(logs).anyMatch(log -> log.contains("scope failed") && !log.contains(10));
    }

    @Test
    void aWaitThatCouldNotBeginIsNone() throws Exception {
        List<List<Object>> logs =
                logs(
                        """
                        import dev.corona.async.*;
                        import java.time.Duration;
                        public class P {
                            public static final List<Object> LOG = new ArrayList<>();

                            static void nap(int millis) { Corona.sleep(Duration.ofMillis(millis)); LOG.add(millis); }

                            static void run() {
                                Corona.run(LoopClock.virtual(), () -> {
                                    for (int millis : new int[] {10, 500, 30}) {
                                        try { nap(millis); } catch (StackOverflowError e) { LOG.add("failed"); }
                                    }
                                    return null;
                                });
                            }
                        }
                        """);
        assertThat(logs.getLast()).containsExactly(10, 500, 30);
        assertThat(Set.copyOf(logs))
                .containsExactlyInAnyOrder(
                        List.of("failed", 500, 30),
                        List.of(10, "failed", 30),
                        List.of(10, 500, "failed"),
                        List.of(10, 500, 30));
    }

    @Test
    void whoWasLeftThroughIsLost() throws Exception {
        List<List<Object>> logs =
                logs(
                        """
                        public class P {
                            public static final List<Object> LOG = new ArrayList<>();

                            static Generator<Object> inner(Generator.Yielder<Object> outer) {
                                return Generator.of(out -> {
                                    out.yield(1);
                                    outer.yield("through");
                                    out.yield(2);
                                });
                            }

                            static Object ask(Generator<Object> asked) {
                                Object value = asked.next();
                                return value;
                            }

                            static void run() {
                                Generator<Object> outer = Generator.of(out -> {
                                    Generator<Object> asked = inner(out);
                                    try {
                                        out.yield(ask(asked));
                                        out.yield(ask(asked));
                                        LOG.add("whole");
                                    } catch (StackOverflowError e) {
                                        LOG.add(asked.hasNext() ? "goes on" : "lost");
                                    }
                                });
                                while (outer.hasNext()) LOG.add(outer.next());
                            }
                        }
                        """);
        assertThat(new LinkedHashSet<>(logs))
                .containsExactly(
                        List.of("lost"),
                        List.of("through", "goes on"),
                        List.of(1, "lost"),
                        List.of(1, "through", "lost"),
                        List.of(1, "through", 2, "whole"));
    }
}
