package dev.corona.async;

import dev.corona.kernel.Carrier;
import dev.corona.woven.Linkage;
import dev.corona.woven.Strand;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Calls of bodies that may be woven: an interface of the JDK has no resumable form, but what implements it may have one. */
final class WovenCalls {
    private static final MethodType CALL = MethodType.methodType(Object.class, Strand.class);
    private static final MethodType GENERIC = CALL.insertParameterTypes(0, Callable.class);

    private static final ClassValue<Optional<MethodHandle>> TWINS =
            new ClassValue<>() {
                @Override
                protected Optional<MethodHandle> computeValue(Class<?> type) {
                    return Optional.ofNullable(Linkage.twin(type, "call", CALL))
                            .map(twin -> twin.asType(GENERIC));
                }
            };

    private static final MethodType RUN = MethodType.methodType(void.class, Strand.class);

    private static final ClassValue<Optional<MethodHandle>> RUN_TWINS =
            new ClassValue<>() {
                @Override
                protected Optional<MethodHandle> computeValue(Class<?> type) {
                    return Optional.ofNullable(Linkage.twin(type, "run", RUN))
                            .map(twin -> twin.asType(RUN.insertParameterTypes(0, Runnable.class)));
                }
            };

    private WovenCalls() {}

    static boolean isWoven(Callable<?> body) {
        return body instanceof Carrier carrier
                ? carrier.isBodyWoven()
                : TWINS.get(body.getClass()).isPresent();
    }

    /** Calls the resumable form, or the plain one if there is no other. */
    @SuppressWarnings({
        "unchecked",
        "NullAway"
    }) // a twin returns what the method does, and anything when it pauses
    static <T extends @Nullable Object> T call(Callable<? extends T> body, Strand strand)
            throws Throwable {
        MethodHandle twin = TWINS.get(body.getClass()).orElse(null);
        if (twin == null) return body.call();
        return (T) (Object) twin.invokeExact((Callable<?>) body, strand);
    }

    /** As {@link #call}, for a body without a result. */
    static void run(Runnable body, Strand strand) throws Throwable {
        MethodHandle twin = RUN_TWINS.get(body.getClass()).orElse(null);
        if (twin == null) body.run();
        else twin.invokeExact(body, strand);
    }
}
