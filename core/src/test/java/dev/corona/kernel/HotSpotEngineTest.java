package dev.corona.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corona.errors.CoroutineStateException;

import org.junit.jupiter.api.Test;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** The contract on HotSpot's continuation, and each trap of it as a test. */
class HotSpotEngineTest extends ContinuationContract {
    /** A continuation that a static method or an initializer suspends. */
    private static final ThreadLocal<Continuation> ACTIVE = new ThreadLocal<>();

    @Override
    Engine engine() {
        return HotSpotEngine.INSTANCE;
    }

    @Override
    Thread roomyThread(Runnable work) {
        return new Thread(null, work, "roomy", 256L << 20);
    }

    @Test
    void isAvailableUnderTheFlagsOfTheBuild() {
        assertThat(HotSpotSupport.isAvailable()).as(HotSpotSupport.unavailableBecause()).isTrue();
    }

    @Test
    void findsTheInnerMethodsInTheJdkOfTheBuild() {
        assertThat(HotSpotSwitch.IS_DIRECT).isEqualTo(Runtime.version().feature() == 25);
    }

    @Test
    void refusesAYieldWhileTheResumerHoldsAMonitor() {
        Object monitor = new Object();
        Continuation c = create(Continuation::suspend);
        synchronized (monitor) {
            assertThatThrownBy(c::resume).isInstanceOf(CoroutineStateException.MonitorHeld.class);
            assertThat(Thread.holdsLock(monitor)).isTrue();
            synchronized (monitor) {
                monitor.notifyAll();
            }
        }
        assertThat(Thread.holdsLock(monitor)).isFalse();
        assertThat(c.isFinished()).isTrue();
    }

    @Test
    void refusesAYieldWhileTheBodyHoldsAMonitor() {
        Object monitor = new Object();
        Continuation c =
                create(
                        self -> {
                            synchronized (monitor) {
                                assertThatThrownBy(self::suspend)
                                        .isInstanceOf(CoroutineStateException.MonitorHeld.class)
                                        .hasMessageContaining("synchronized");
                                assertThat(Thread.holdsLock(monitor)).isTrue();
                            }
                            self.suspend();
                            log.add("went on");
                        });
        c.resume();
        assertThat(Thread.holdsLock(monitor)).isFalse();
        c.resume();
        assertThat(log).containsExactly("went on");
    }

    @Test
    void refusesAYieldOfAnOuterOneThroughAnInnerOneThatHoldsAMonitor() {
        Object monitor = new Object();
        Continuation outer =
                create(
                        self -> {
                            Continuation inner =
                                    create(
                                            me -> {
                                                synchronized (monitor) {
                                                    self.suspend();
                                                }
                                            });
                            assertThatThrownBy(inner::resume)
                                    .isInstanceOf(CoroutineStateException.MonitorHeld.class);
                            self.suspend();
                            log.add("went on");
                        });
        outer.resume();
        assertThat(Thread.holdsLock(monitor)).isFalse();
        outer.resume();
        assertThat(log).containsExactly("went on");
    }

    /** A loop like this one crashed the JVM on raw continuations. */
    @Test
    void survivesManyYieldsUnderTheResumersMonitor() {
        for (int i = 0; i < 20_000; i++) {
            Object monitor = new Object();
            Continuation c =
                    create(
                            self -> {
                                for (int n = 0; n < 3; n++) catchThrowable(self::suspend);
                            });
            synchronized (monitor) {
                c.resume();
                assertThat(Thread.holdsLock(monitor)).isTrue();
            }
            assertThat(c.isFinished()).isTrue();
        }
    }

    @Test
    void leavesAnInflatedMonitorWithTheThread() throws Exception {
        Object monitor = new Object();
        inflate(monitor);
        Continuation c = create(Continuation::suspend);
        synchronized (monitor) {
            catchThrowable(c::resume);
            assertThat(Thread.holdsLock(monitor)).isTrue();
            monitor.notifyAll();
        }
        assertThat(Thread.holdsLock(monitor)).isFalse();
    }

    private static void inflate(Object monitor) throws InterruptedException {
        synchronized (monitor) {
            monitor.wait(1);
        }
    }

    @Test
    void refusesComputeIfAbsentWhoseFunctionYields() {
        ConcurrentHashMap<String, Integer> map = new ConcurrentHashMap<>();
        Continuation c =
                create(
                        self -> {
                            assertThatThrownBy(
                                            () ->
                                                    map.computeIfAbsent(
                                                            "k",
                                                            k -> {
                                                                self.suspend();
                                                                return 1;
                                                            }))
                                    .isInstanceOf(CoroutineStateException.MonitorHeld.class);
                            log.add("" + map.computeIfAbsent("k", k -> 2));
                        });
        c.resume();
        assertThat(log).containsExactly("2");
    }

    @Test
    void refusesAYieldInAClassInitializer() {
        Continuation c =
                create(
                        self -> {
                            ACTIVE.set(self);
                            Throwable thrown = catchThrowable(() -> YieldsInInitializer.touch());
                            assertThat(thrown)
                                    .isInstanceOf(ExceptionInInitializerError.class)
                                    .hasCauseInstanceOf(CoroutineStateException.Pinned.class);
                            self.suspend();
                        });
        c.resume();
        assertThat(c.state()).isEqualTo(Continuation.State.SUSPENDED);
        c.resume();
    }

    private static final class YieldsInInitializer {
        static {
            Continuation active = ACTIVE.get();
            active.suspend();
        }

        static void touch() {}
    }

    @Test
    void refusesAYieldUnderANativeFrame() {
        Continuation c =
                create(
                        self -> {
                            ACTIVE.set(self);
                            sortNatively();
                            self.suspend();
                            log.add("went on");
                        });
        c.resume();
        c.resume();
        assertThat(upcallFailure).isInstanceOf(CoroutineStateException.Pinned.class);
        assertThat(log).containsExactly("went on");
    }

    private static Throwable upcallFailure;

    private static void sortNatively() {
        try (Arena arena = Arena.ofConfined()) {
            Linker linker = Linker.nativeLinker();
            MethodHandle sort =
                    linker.downcallHandle(
                            linker.defaultLookup().findOrThrow("qsort"),
                            FunctionDescriptor.ofVoid(
                                    ValueLayout.ADDRESS,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.ADDRESS));
            MethodHandle compare =
                    MethodHandles.lookup()
                            .findStatic(
                                    HotSpotEngineTest.class,
                                    "compareAndYield",
                                    MethodType.methodType(
                                            int.class, MemorySegment.class, MemorySegment.class));
            MemorySegment callback =
                    linker.upcallStub(
                            compare,
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS),
                            arena);
            sort.invokeExact(arena.allocateFrom(ValueLayout.JAVA_INT, 2, 1), 2L, 4L, callback);
        } catch (Throwable thrown) {
            ContinuationContract.<RuntimeException>sneak(thrown);
        }
    }

    static int compareAndYield(MemorySegment a, MemorySegment b) {
        upcallFailure = catchThrowable(() -> ACTIVE.get().suspend());
        return 0;
    }

    @Test
    void refusesResumeOnAnotherThreadWhileRunning() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        Continuation c =
                create(
                        self -> {
                            self.suspend();
                            inside.countDown();
                            catchThrowable(leave::await);
                        });
        Thread owner =
                new Thread(
                        () -> {
                            c.resume();
                            c.resume();
                        });
        owner.start();
        inside.await();
        assertThatThrownBy(c::resume).isInstanceOf(CoroutineStateException.class);
        leave.countDown();
        owner.join();
        assertThat(c.isFinished()).isTrue();
    }

    /** HotSpot itself would run it on both. */
    @Test
    void runsOnOneOfTwoThreadsThatResumeItAtOnce() throws Exception {
        for (int i = 0; i < 2_000; i++) {
            AtomicInteger runs = new AtomicInteger();
            AtomicInteger refusals = new AtomicInteger();
            CountDownLatch go = new CountDownLatch(2);
            Continuation c =
                    create(
                            self -> {
                                runs.incrementAndGet();
                                self.suspend();
                            });
            Runnable resuming =
                    () -> {
                        go.countDown();
                        while (go.getCount() > 0) Thread.onSpinWait();
                        try {
                            c.resume();
                        } catch (CoroutineStateException e) {
                            refusals.incrementAndGet();
                        }
                    };
            Thread one = new Thread(resuming);
            Thread other = new Thread(resuming);
            one.start();
            other.start();
            one.join();
            other.join();
            assertThat(runs).hasValue(1);
            assertThat(refusals).hasValue(1);
        }
    }

    /** The thread leaves its carrier from inside, as a JDK continuation that encloses ours. */
    @Test
    void worksInAVirtualThreadThatWaitsMeanwhile() throws Exception {
        SynchronousQueue<Integer> items = new SynchronousQueue<>();
        Continuation c =
                create(
                        self -> {
                            for (int i = 0; i < 3; i++) {
                                log.add("" + uncheckedTake(items));
                                self.suspend();
                            }
                        });
        Thread thread =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    while (!c.isFinished()) c.resume();
                                });
        for (int i = 0; i < 3; i++) items.put(i);
        thread.join();
        assertThat(log).containsExactly("0", "1", "2");
    }

    private static int uncheckedTake(SynchronousQueue<Integer> items) {
        try {
            return items.take();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** G1 keeps a stack chunk in half a region at most; only another JVM can show it. */
    @Test
    void namesAStackThatIsTooDeepForG1() throws Exception {
        assertThat(outputOf(TooDeepForG1.class, "-XX:+UseG1GC", "-XX:G1HeapRegionSize=1m", "-Xint"))
                .contains("TooDeep")
                .contains("-XX:+UseSerialGC");
    }

    /** C2 leaves out locks of objects that nobody else can see; the probe's must stay. */
    @Test
    void isFoundByCompiledCode() throws Exception {
        String probe = HotSpotSupport.Memory.class.getName();
        assertThat(
                        outputOf(
                                Available.class,
                                "-Xcomp",
                                "-XX:-TieredCompilation",
                                "-XX:CompileCommand=quiet",
                                "-XX:CompileCommand=compileonly," + probe + "::*"))
                .isEqualTo("it does\n");
    }

    /** A program for another JVM. */
    static final class Available {
        public static void main(String[] args) {
            System.out.print(HotSpotSupport.unavailableBecause() + "\n");
        }
    }

    private static String outputOf(Class<?> program, String... options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(List.of(options));
        command.add("--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED");
        command.add("--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED");
        command.add("--add-exports=java.base/jdk.internal.access=ALL-UNNAMED");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(child.getInputStream().readAllBytes(), UTF_8);
        assertThat(child.waitFor()).as(output).isZero();
        return output;
    }

    /** A program for another JVM. */
    static final class TooDeepForG1 {
        public static void main(String[] args) throws Exception {
            Continuation c =
                    create(
                            HotSpotEngine.INSTANCE,
                            self -> {
                                try {
                                    recurse(self, 50_000);
                                } catch (CoroutineStateException e) {
                                    System.out.println(e);
                                }
                            });
            Thread thread = new Thread(null, c::resume, "deep", 256L << 20);
            thread.start();
            thread.join();
        }
    }

    @Test
    void keepsScopedValuesOfBothSidesApart() {
        ScopedValue<String> inner = ScopedValue.newInstance();
        ScopedValue<String> outer = ScopedValue.newInstance();
        Continuation c =
                create(
                        self ->
                                ScopedValue.where(inner, "I")
                                        .run(
                                                () -> {
                                                    log.add(outer.orElse("-"));
                                                    self.suspend();
                                                    log.add(inner.orElse("-") + outer.orElse("-"));
                                                }));
        ScopedValue.where(outer, "first")
                .run(
                        () -> {
                            c.resume();
                            log.add("outside " + inner.orElse("-"));
                        });
        ScopedValue.where(outer, "second")
                .run(
                        () -> {
                            c.resume();
                            log.add("outside " + inner.orElse("-") + outer.orElse("-"));
                        });
        assertThat(log).containsExactly("first", "outside -", "Ifirst", "outside -second");
        assertThat(outer.isBound()).isFalse();
    }

    @Test
    void suspendsUnderLibraryFrames() throws Exception {
        Continuation c =
                create(
                        self -> {
                            Integer[] numbers = {3, 1, 2};
                            java.util.Arrays.sort(
                                    numbers,
                                    (a, b) -> {
                                        self.suspend();
                                        return a - b;
                                    });
                            log.add(java.util.Arrays.toString(numbers));
                        });
        int resumes = 0;
        while (!c.isFinished()) {
            c.resume();
            resumes++;
        }
        assertThat(resumes).isGreaterThan(2);
        assertThat(log).containsExactly("[1, 2, 3]");
    }
}
