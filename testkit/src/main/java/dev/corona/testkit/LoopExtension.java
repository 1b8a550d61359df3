package dev.corona.testkit;

import dev.corona.async.LoopClock;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;

import java.lang.reflect.Method;
import java.util.Optional;

/**
 * Runs tests as main tasks of loops: those that {@link LoopTest} marks and, on a class or on tests of other kinds (parameterized, repeated), all, under
 * virtual time.
 */
public final class LoopExtension implements InvocationInterceptor, ParameterResolver {
    private static final ExtensionContext.Namespace STORE =
            ExtensionContext.Namespace.create(LoopExtension.class);

    /** For JUnit. */
    public LoopExtension() {}

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> test,
            ReflectiveInvocationContext<Method> method,
            ExtensionContext context)
            throws Throwable {
        run(test, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> test,
            ReflectiveInvocationContext<Method> method,
            ExtensionContext context)
            throws Throwable {
        run(test, context);
    }

    private static void run(Invocation<@Nullable Void> test, ExtensionContext context)
            throws Throwable {
        LoopTest.Leftovers leftovers =
                settings(context).map(LoopTest::leftovers).orElse(LoopTest.Leftovers.FAIL);
        TestLoops.run(
                clock(context),
                leftovers,
                () -> {
                    proceed(test);
                    return true;
                });
        Steps steps = context.getStore(STORE).get(Steps.class, Steps.class);
        if (steps != null) steps.requireEnd();
    }

    private static void proceed(Invocation<@Nullable Void> test) throws Exception {
        try {
            test.proceed();
        } catch (Exception | Error thrown) {
            throw thrown;
        } catch (Throwable thrown) {
            throw new AssertionError("the test threw neither an exception nor an error", thrown);
        }
    }

    private static Optional<LoopTest> settings(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), LoopTest.class);
    }

    private static LoopClock clock(ExtensionContext context) {
        boolean isSystem =
                settings(context)
                        .map(LoopTest::time)
                        .filter(LoopTest.Time.SYSTEM::equals)
                        .isPresent();
        return context.getStore(STORE)
                .computeIfAbsent(
                        LoopClock.class,
                        key -> isSystem ? LoopClock.system() : LoopClock.virtual(),
                        LoopClock.class);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Steps.class || type == LoopClock.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (parameter.getParameter().getType() == LoopClock.class) return clock(context);
        return context.getStore(STORE)
                .computeIfAbsent(Steps.class, key -> new Steps(), Steps.class);
    }
}
