package dev.corona.weave.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import static java.util.Map.entry;

import dev.corona.weave.Report;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The suites of core that all engines pass, woven and on the woven engine. */
class WovenEngineTest {
    private static final List<String> SUITES =
            List.of(
                    "dev.corona.kernel.WovenContract",
                    "dev.corona.GeneratorTest",
                    "dev.corona.GeneratorDelegationTest",
                    "dev.corona.PrimitiveGeneratorTest",
                    "dev.corona.CoexpressionTest",
                    "dev.corona.CoexpressionFormsTest",
                    "dev.corona.CoroutineTest",
                    "dev.corona.CoroutineScheduleTest",
                    "dev.corona.CoroutineClosingTest",
                    "dev.corona.BuiltInSchedulesTest",
                    "dev.corona.async.WovenTaskContract",
                    "dev.corona.async.DeadlineTest",
                    "dev.corona.async.ScopeTest",
                    "dev.corona.async.SpawnerTest",
                    "dev.corona.async.CoroutineLocalTest",
                    "dev.corona.async.TickerTest",
                    "dev.corona.async.CleanupTest",
                    "dev.corona.async.AwaitTraceTest",
                    "dev.corona.async.MoveTest",
                    "dev.corona.async.AwaitTest",
                    "dev.corona.async.AtomicTest",
                    "dev.corona.async.CancellationTest",
                    "dev.corona.async.CoronaTest",
                    "dev.corona.async.DeadlockTest",
                    "dev.corona.async.DumpTest",
                    "dev.corona.async.EventLoopTest",
                    "dev.corona.async.ExecutorLoopTest",
                    "dev.corona.async.GeneratorInTaskTest",
                    "dev.corona.async.StagesTest",
                    "dev.corona.async.TaskFutureTest",
                    "dev.corona.async.UncaughtTest",
                    "dev.corona.async.WatchdogTest",
                    "dev.corona.channels.ChannelTest",
                    "dev.corona.channels.OutsideTest",
                    "dev.corona.channels.ProducerTest",
                    "dev.corona.channels.RandomTrafficTest",
                    "dev.corona.channels.SelectTest",
                    "dev.corona.flow.FeedTest",
                    "dev.corona.model.ModelTest",
                    "dev.corona.model.FoundTest",
                    "dev.corona.model.WovenModelContract",
                    "dev.corona.blocking.OffloadTest",
                    "dev.corona.blocking.StreamViewsTest",
                    "dev.corona.blocking.MonitorsTest");

    /** A test that takes longer hangs. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private static final String PINNED = "is on its stack; yield outside of it";

    /**
     * Tests that cannot hold for woven code, by what comes out instead: a body that suspends an outer coroutine below
     * plain code (a stream of the JDK, the ring's own trampoline); a coroutine of another engine inside of a woven one that is
     * suspended with it; a consumer's monitor, which stays with the consumer, so that there is nothing to refuse; and a task
     * that is bound to its thread, which a woven one is not.
     */
    private static final Map<String, String> OTHERWISE =
            Map.ofEntries(
                    entry("StreamViewsTest.textIsDecodedAsTheJdkDoes", PINNED),
                    entry(
                            "CoroutineTest.refusesTheRootWhileAMemberIsSuspendedWithItsCaller",
                            PINNED),
                    entry(
                            "CoroutineClosingTest.closingWhatTheTrampolineRunsInUnwindsTheMember",
                            PINNED),
                    entry("CoroutineTest.aTaskHasARingOfItsOwn", PINNED),
                    entry(
                            "GeneratorInTaskTest.aContinuationThatWaitsCannotBeResumedByAnotherTask",
                            "Finished: cannot resume inner"),
                    entry(
                            "GeneratorTest.refusesAConsumerThatHoldsAMonitorWhereTheEngineCanTell",
                            "Expecting actual not to be null"),
                    entry("MoveTest.namesTheEngineThatBindsATaskToItsThread", "Assumption failed"));

    /** A test of which classes of the JDK hold monitors: none of them is woven. */
    private static final Set<String> PLAIN = Set.of("MonitorsTest.readsWhereTheEngineCanWait");

    private static final WovenLoader LOADER =
            new WovenLoader(
                    name ->
                            SUITES.stream()
                                            .anyMatch(
                                                    s -> name.equals(s) || name.startsWith(s + "$"))
                                    || name.startsWith("dev.corona.kernel.ContinuationContract")
                                    || name.startsWith("dev.corona.async.Virtual")
                                    || name.startsWith("dev.corona.model."));

    @Test
    void everySuiteIsWovenWhole() {
        assertThat(LOADER.set().reports())
                .noneMatch(report -> report.kind() == Report.Kind.NOT_RESUMABLE);
        assertThat(LOADER.set().resumable()).isGreaterThan(100);
    }

    @TestFactory
    Stream<DynamicTest> passes() {
        return SUITES.stream().flatMap(this::testsOf);
    }

    private Stream<DynamicTest> testsOf(String suite) {
        Class<?> type;
        try {
            type = LOADER.loadClass(suite);
        } catch (ClassNotFoundException e) {
            throw new AssertionError("no suite " + suite, e);
        }
        List<DynamicTest> tests = new ArrayList<>();
        for (Class<?> c = type; c != Object.class; c = c.getSuperclass()) {
            for (Method method : c.getDeclaredMethods()) tests.addAll(testsOf(type, method));
        }
        assertThat(tests).as("tests of " + suite).isNotEmpty();
        return tests.stream();
    }

    private static List<DynamicTest> testsOf(Class<?> type, Method method) {
        String name = nameOf(type, method);
        if (method.isAnnotationPresent(Test.class))
            return List.of(DynamicTest.dynamicTest(name, () -> run(type, method)));
        if (!isTest(method) || PLAIN.contains(name)) return List.of();
        assertThat(method.isAnnotationPresent(EnumSource.class))
                .as("%s is a kind of test that this one cannot run", name)
                .isTrue();
        return Stream.of(method.getParameterTypes()[0].getEnumConstants())
                .map(of -> DynamicTest.dynamicTest(name + " " + of, () -> run(type, method, of)))
                .toList();
    }

    private static String nameOf(Class<?> type, Method method) {
        return type.getSimpleName() + "." + method.getName();
    }

    private static boolean isTest(Method method) {
        return AnnotationSupport.isAnnotated(method, Testable.class);
    }

    private static void run(Class<?> type, Method method, Object... arguments) throws Throwable {
        String otherwise = OTHERWISE.get(nameOf(type, method));
        Throwable thrown =
                assertTimeoutPreemptively(
                        LONGEST, () -> outcome(instance(type), method, arguments));
        if (otherwise != null) assertThat(thrown).hasStackTraceContaining(otherwise);
        else if (thrown != null) throw thrown;
    }

    private static Throwable outcome(Object test, Method method, Object... arguments)
            throws ReflectiveOperationException {
        try {
            callAll(test, BeforeEach.class);
            method.setAccessible(true);
            method.invoke(test, arguments);
            callAll(test, AfterEach.class);
            return null;
        } catch (InvocationTargetException e) {
            return e.getCause();
        }
    }

    private static void callAll(Object test, Class<? extends Annotation> mark)
            throws ReflectiveOperationException {
        for (Method method : test.getClass().getDeclaredMethods()) {
            if (!method.isAnnotationPresent(mark)) continue;
            method.setAccessible(true);
            method.invoke(test);
        }
    }

    private static Object instance(Class<?> type) throws ReflectiveOperationException {
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        Object test = constructor.newInstance();
        for (Field field : type.getDeclaredFields()) {
            if (!field.isAnnotationPresent(Parameter.class)) continue;
            field.setAccessible(true);
            field.set(
                    test,
                    LOADER.loadClass("dev.corona.kernel.Engines").getMethod("woven").invoke(null));
        }
        return test;
    }
}
