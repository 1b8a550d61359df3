package dev.corona.woven;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * How woven code finds the resumable form, the <em>twin</em>, of a method that it calls: the same name, with a
 * {@link Strand} as one more parameter. A call of an interface or class that was not woven is linked at run time, since the
 * receiver's class may be woven all the same: by an inline cache for a few classes, then by a table for all.
 */
public final class Linkage {
    /** How many receiver classes a call tests one after the other before it uses the table. */
    private static final int CACHE_SIZE = 4;

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    /** Where the twins of a class are: the reflected methods by name and descriptor. */
    private static final ClassValue<Map<String, Target>> TARGETS =
            new ClassValue<>() {
                @Override
                protected Map<String, Target> computeValue(Class<?> type) {
                    return new ConcurrentHashMap<>();
                }
            };

    /** A twin, or that there is none. */
    private record Target(@Nullable Method twin) {}

    private Linkage() {}

    /** Whether a call of {@code name} on an object of {@code type} can be made in resumable form. */
    public static boolean hasTwin(Class<?> type, String name, MethodType twinType) {
        return target(type, name, twinType).twin() != null;
    }

    /** For each class whether its objects have the twin of {@code name}. */
    public static ClassValue<Boolean> twinOf(String name, MethodType twinType) {
        return new ClassValue<>() {
            @Override
            protected Boolean computeValue(Class<?> type) {
                return hasTwin(type, name, twinType) && !isDefault(type, name, twinType);
            }
        };
    }

    /** For each class whether it overrides the twin that a class of Corona itself gives to what is not woven. */
    public static ClassValue<Boolean> overridesTwin(String name, MethodType twinType) {
        return new ClassValue<>() {
            @Override
            protected Boolean computeValue(Class<?> type) {
                Method twin = target(type, name, twinType).twin();
                return twin != null
                        && twin.getDeclaringClass().getModule() != Linkage.class.getModule();
            }
        };
    }

    /** Whether it is the form that an interface of Corona itself gives to what is not woven. */
    private static boolean isDefault(Class<?> type, String name, MethodType twinType) {
        Method twin = target(type, name, twinType).twin();
        return twin != null
                && twin.isDefault()
                && twin.getDeclaringClass().getModule() == Linkage.class.getModule();
    }

    /**
     * The twin of a method of a class, as a handle that takes an object of that class first; null if there is none.
     *
     * @param twinType without the receiver
     */
    public static @Nullable MethodHandle twin(Class<?> type, String name, MethodType twinType) {
        return handle(type, name, twinType);
    }

    /**
     * Links the question of a twin whether the object at hand overrides the plain method alone, so that the twin which its
     * class inherits is that of another method.
     *
     * @param type takes the object, gives a boolean
     * @param plainType of the plain method, without the receiver
     */
    public static CallSite overriding(
            MethodHandles.Lookup lookup, String name, MethodType type, MethodType plainType) {
        Class<?> declaring = lookup.lookupClass();
        MethodType twinType = plainType.appendParameterTypes(Strand.class);
        return overriding(
                lookup,
                type,
                receiver -> isOverridden(receiver, declaring, name, twinType, plainType));
    }

    /**
     * {@link #overriding} as a direct form asks it: whether the object at hand overrides one of the other forms, and not this
     * one. Classes of which not all was woven do, and those that Corona's compilers make.
     */
    public static CallSite overridingDirect(
            MethodHandles.Lookup lookup, String name, MethodType type, MethodType plainType) {
        Class<?> declaring = lookup.lookupClass();
        MethodType twinType = plainType.appendParameterTypes(Strand.class);
        MethodType directType = plainType.appendParameterTypes(WayOut.class);
        return overriding(
                lookup,
                type,
                receiver ->
                        isOverridden(receiver, declaring, name, directType, plainType, twinType));
    }

    private static CallSite overriding(
            MethodHandles.Lookup lookup, MethodType type, Predicate<Class<?>> question) {
        ClassValue<Boolean> answers =
                new ClassValue<>() {
                    @Override
                    protected Boolean computeValue(Class<?> receiver) {
                        return question.test(receiver);
                    }
                };
        return new Overriding(type, lookup.lookupClass().getClassLoader(), answers);
    }

    /**
     * The answers for the first classes are in the code, one after the other; those for others in a table, as are those for the
     * classes of other loaders, which the code must not keep alive.
     */
    private static final class Overriding extends MutableCallSite {
        private static final MethodHandle ASK;
        private static final MethodHandle MISS;

        static {
            MethodType asked = MethodType.methodType(boolean.class, Object.class);
            try {
                ASK = LOOKUP.findVirtual(Overriding.class, "ask", asked);
                MISS = LOOKUP.findVirtual(Overriding.class, "miss", asked);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }

        private final @Nullable ClassLoader loader;
        private final ClassValue<Boolean> answers;
        private int known;

        Overriding(MethodType type, @Nullable ClassLoader loader, ClassValue<Boolean> answers) {
            super(type);
            this.loader = loader;
            this.answers = answers;
            setTarget(MISS.bindTo(this));
        }

        boolean ask(Object receiver) {
            return answers.get(receiver.getClass());
        }

        boolean miss(Object receiver) {
            boolean answer = ask(receiver);
            if (receiver.getClass().getClassLoader() == loader) learn(receiver.getClass(), answer);
            return answer;
        }

        private synchronized void learn(Class<?> type, boolean answer) {
            if (known++ == CACHE_SIZE) {
                setTarget(ASK.bindTo(this));
            } else if (known <= CACHE_SIZE) {
                MethodHandle found =
                        MethodHandles.dropArguments(
                                MethodHandles.constant(boolean.class, answer), 0, Object.class);
                MethodHandle test = Cached.IS.bindTo(type);
                setTarget(MethodHandles.guardWithTest(test, found, getTarget()));
            }
        }
    }

    /** Whether the class nearest to {@code type}, and below {@code declaring}, that has one of the other forms has not {@code asking}. */
    private static boolean isOverridden(
            Class<?> type,
            Class<?> declaring,
            String name,
            MethodType asking,
            MethodType... others) {
        for (Class<?> c = type; c != null && c != declaring; c = c.getSuperclass()) {
            for (MethodType other : others) {
                if (declared(c, name, other) != null) return declared(c, name, asking) == null;
            }
        }
        return declaring.isInterface() && hasDefault(type, declaring, name, asking, others);
    }

    /** Whether an interface below {@code declaring} has a default method of another form, and not {@code asking}. */
    private static boolean hasDefault(
            Class<?> type,
            Class<?> declaring,
            String name,
            MethodType asking,
            MethodType... others) {
        for (Method m : type.getMethods()) {
            Class<?> in = m.getDeclaringClass();
            boolean overrides =
                    m.isDefault()
                            && m.getName().equals(name)
                            && in != declaring
                            && declaring.isAssignableFrom(in)
                            && Arrays.stream(others).anyMatch(other -> hasType(m, other));
            if (overrides && declared(in, name, asking) == null) return true;
        }
        return false;
    }

    private static @Nullable Method declared(Class<?> c, String name, MethodType type) {
        for (Method m : c.getDeclaredMethods()) {
            if (m.getName().equals(name)
                    && !Modifier.isStatic(m.getModifiers())
                    && hasType(m, type)) return m;
        }
        return null;
    }

    private static boolean hasType(Method m, MethodType type) {
        return m.getReturnType() == type.returnType()
                && MethodType.methodType(m.getReturnType(), m.getParameterTypes()).equals(type);
    }

    private static Target target(Class<?> type, String name, MethodType twinType) {
        Map<String, Target> known = TARGETS.get(type);
        String key = name + twinType.toMethodDescriptorString();
        Target found = known.get(key);
        if (found == null) {
            found = new Target(search(type, name, twinType));
            known.put(key, found);
        }
        return found;
    }

    private static @Nullable Method search(Class<?> type, String name, MethodType twinType) {
        MethodType plainType =
                twinType.dropParameterTypes(
                        twinType.parameterCount() - 1, twinType.parameterCount());
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            Method twin = declared(c, name, twinType);
            if (twin != null) return twin;
            if (declared(c, name, plainType) != null) return null;
        }
        return inInterfaces(type, name, twinType);
    }

    private static @Nullable Method inInterfaces(Class<?> type, String name, MethodType twinType) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            for (Class<?> i : c.getInterfaces()) {
                Method twin = declared(i, name, twinType);
                if (twin == null) twin = inInterfaces(i, name, twinType);
                if (twin != null && !Modifier.isAbstract(twin.getModifiers())) return twin;
            }
        }
        return null;
    }

    private static @Nullable MethodHandle handle(Class<?> type, String name, MethodType twinType) {
        Method twin = target(type, name, twinType).twin();
        if (twin == null) return null;
        try {
            twin.setAccessible(true);
            return LOOKUP.unreflect(twin);
        } catch (IllegalAccessException | RuntimeException e) {
            return null;
        }
    }

    /**
     * Links a call of a method that was not woven where it is declared.
     *
     * @param type the receiver, the arguments and the strand
     * @param plain the call as it stands in the source
     */
    public static CallSite call(
            MethodHandles.Lookup lookup, String name, MethodType type, MethodHandle plain)
            throws ReflectiveOperationException {
        return new Cached(lookup, name, type, plain);
    }

    /** A call site with an inline cache. */
    private static final class Cached extends MutableCallSite {
        private static final MethodHandle MISS;
        private static final MethodHandle IS;
        private static final MethodHandle BY_TABLE;

        static {
            try {
                MISS =
                        LOOKUP.findVirtual(
                                Cached.class,
                                "miss",
                                MethodType.methodType(MethodHandle.class, Object.class));
                BY_TABLE =
                        LOOKUP.findVirtual(
                                Cached.class,
                                "byTable",
                                MethodType.methodType(MethodHandle.class, Object.class));
                IS =
                        LOOKUP.findStatic(
                                Cached.class,
                                "is",
                                MethodType.methodType(boolean.class, Class.class, Object.class));
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }

        private final String name;
        private final MethodHandle plain;
        private final Map<Class<?>, MethodHandle> table = new ConcurrentHashMap<>();
        private int cached;

        Cached(MethodHandles.Lookup lookup, String name, MethodType type, MethodHandle plain) {
            super(type);
            this.name = name;
            this.plain =
                    MethodHandles.dropArguments(plain, type.parameterCount() - 1, Strand.class)
                            .asType(type);
            setTarget(dispatcher(MISS));
        }

        private MethodHandle dispatcher(MethodHandle chooser) {
            MethodHandle choose =
                    chooser.bindTo(this)
                            .asType(
                                    MethodType.methodType(
                                            MethodHandle.class, type().parameterType(0)));
            return MethodHandles.foldArguments(MethodHandles.exactInvoker(type()), choose);
        }

        private static boolean is(Class<?> type, @Nullable Object receiver) {
            return receiver != null && receiver.getClass() == type;
        }

        MethodHandle byTable(@Nullable Object receiver) {
            if (receiver == null) return plain;
            return table.computeIfAbsent(receiver.getClass(), this::resolve);
        }

        synchronized MethodHandle miss(@Nullable Object receiver) {
            if (receiver == null) return plain;
            Class<?> type = receiver.getClass();
            MethodHandle found = byTable(receiver);
            if (cached++ == CACHE_SIZE) {
                setTarget(dispatcher(BY_TABLE));
            } else if (cached <= CACHE_SIZE) {
                MethodHandle test =
                        IS.bindTo(type)
                                .asType(
                                        MethodType.methodType(
                                                boolean.class, type().parameterType(0)));
                setTarget(MethodHandles.guardWithTest(test, found, getTarget()));
            }
            return found;
        }

        private MethodHandle resolve(Class<?> receiver) {
            MethodType twinType = type().dropParameterTypes(0, 1);
            MethodHandle twin = handle(receiver, name, twinType);
            return twin == null ? plain : twin.asType(type());
        }
    }
}
