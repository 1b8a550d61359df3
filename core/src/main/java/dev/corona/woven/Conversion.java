package dev.corona.woven;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * What a method reference does to the result of its method, such as boxing it. The conversion is a call of its own: if the
 * method suspends, it has a frame, which converts when the method has returned.
 */
@Stored
final class Conversion {
    private static final MethodHandle AFTER;

    static {
        try {
            AFTER =
                    MethodHandles.lookup()
                            .findVirtual(
                                    Conversion.class,
                                    "after",
                                    MethodType.methodType(
                                            Object.class, Object.class, Strand.class));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private final Class<?> from;
    private final Class<?> to;
    private transient MethodHandle convert;
    private final @Nullable Object zero;

    private Conversion(Class<?> from, Class<?> to) throws Throwable {
        this.from = from;
        this.to = to;
        convert = conversion(from, to);
        zero = MethodHandles.zero(to).asType(MethodType.methodType(Object.class)).invoke();
    }

    private static MethodHandle conversion(Class<?> from, Class<?> to) {
        return MethodHandles.identity(to)
                .asType(MethodType.methodType(to, from))
                .asType(MethodType.methodType(Object.class, Object.class));
    }

    @SuppressWarnings("unused") // Stored says who calls it
    private void restored() {
        convert = conversion(from, to);
    }

    /** {@code twin}, whose last parameter is the strand, with the parameters and the result of {@code wanted}. */
    static MethodHandle adapt(MethodHandle twin, MethodType wanted) throws Throwable {
        Class<?> from = twin.type().returnType();
        Class<?> to = wanted.returnType();
        if (to == void.class || Strand.isKeptAlike(from, to)) return twin.asType(wanted);
        MethodHandle call = twin.asType(wanted.changeReturnType(Object.class));
        MethodType withResult = call.type().insertParameterTypes(0, Object.class);
        MethodHandle after =
                MethodHandles.permuteArguments(
                        AFTER.bindTo(new Conversion(from, to)),
                        withResult,
                        0,
                        withResult.parameterCount() - 1);
        return MethodHandles.foldArguments(after, call).asType(wanted);
    }

    private @Nullable Object after(@Nullable Object result, Strand strand) throws Throwable {
        if (!strand.pausing) return convert.invoke(result);
        strand.push(new Waiting(this));
        return zero;
    }

    /** The frame of a conversion whose method has been left. */
    @Stored
    private static final class Waiting extends Frame {
        private static final Code CODE =
                Code.of(
                        Conversion.class,
                        "after",
                        "()V",
                        (frame, strand) -> ((Waiting) frame).goOn(strand));

        private final Conversion conversion;

        Waiting(Conversion conversion) {
            super(CODE);
            this.conversion = conversion;
        }

        private void goOn(Strand strand) {
            strand.throwFailure();
            try {
                strand.give(
                        conversion.to, conversion.convert.invoke(strand.result(conversion.from)));
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new AssertionError("a conversion throws no checked error", e);
            }
        }
    }
}
