package dev.corona.snapshot;

import dev.corona.errors.SnapshotException;
import dev.corona.snapshot.Type.Kind;
import dev.corona.woven.Fingerprint;
import dev.corona.woven.Lambdas;
import dev.corona.woven.Stored;

import org.jspecify.annotations.Nullable;

import sun.reflect.ReflectionFactory;

import java.io.Serializable;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Handlers of objects that are stored by what they consist of: by fields, by components, by captured values. */
final class ObjectHandlers {
    static final ReflectionFactory REFLECTION = ReflectionFactory.getReflectionFactory();

    private ObjectHandlers() {}

    /** Makes an object of {@code type} without a constructor of its own: that of {@code Object} alone runs. */
    static Constructor<?> allocator(Class<?> type) {
        try {
            return REFLECTION.newConstructorForSerialization(
                    type, Object.class.getDeclaredConstructor());
        } catch (NoSuchMethodException e) {
            throw new AssertionError("Object has a constructor", e);
        }
    }

    /** The methods of a name that {@link Stored} says a class of Corona's may have, in the class and its superclasses. */
    private static List<Method> hooks(Class<?> type, String name) {
        List<Method> found = new ArrayList<>();
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            if (!ClassSource.isOwn(c.getName())) continue;
            for (Method method : c.getDeclaredMethods()) {
                if (!method.getName().equals(name) || method.getParameterCount() > 0) continue;
                method.setAccessible(true);
                found.add(method);
            }
        }
        return List.copyOf(found);
    }

    /** Part of a coroutine, or of a class that is woven or that the options name: field by field. */
    static final class ByFields extends Handler {
        private static final ClassValue<ByFields> ALL =
                new ClassValue<>() {
                    @Override
                    protected ByFields computeValue(Class<?> type) {
                        return new ByFields(type, Fields.of(type, Object.class), isStored(type));
                    }
                };

        private final Constructor<?> allocator;
        private final Fields fields;
        private final boolean ofCorona;
        private final String simpleName;
        private final List<Method> restoring;
        private final List<Method> refusing;

        private ByFields(Class<?> type, Fields fields, boolean ofCorona) {
            super(new Type(Kind.FIELDS, type.getName(), fields.describe()));
            this.fields = fields;
            this.ofCorona = ofCorona;
            simpleName = type.getSimpleName();
            allocator = allocator(type);
            restoring = ofCorona ? hooks(type, "restored") : List.of();
            refusing = ofCorona ? hooks(type, "unstorable") : List.of();
        }

        static ByFields of(Class<?> type) {
            return ALL.get(type);
        }

        /** Whether the class or one above it says that it is part of a coroutine. */
        static boolean isStored(Class<?> type) {
            for (Class<?> c = type; c != null; c = c.getSuperclass()) {
                if (c.isAnnotationPresent(Stored.class)) return true;
            }
            return false;
        }

        @Override
        boolean isOfCoroutine() {
            return ofCorona;
        }

        @Override
        void write(Object object, ItemWriter out) throws Exception {
            fields.write(object, out, name -> "field " + simpleName + "." + name);
        }

        @Override
        Object create(ItemReader in) throws Exception {
            return allocator.newInstance();
        }

        @Override
        void fill(Object object, ItemReader in) throws Exception {
            fields.read(object, in);
        }

        @Override
        void restored(Object object) throws Exception {
            for (Method hook : restoring) hook.invoke(object);
            if (!ofCorona && object instanceof Restored r) r.restored();
        }

        @Override
        @Nullable String describe(Object object) {
            if (!ofCorona) return "";
            boolean isCoroutine = object.getClass().getName().startsWith("dev.corona.kernel.");
            return isCoroutine || object instanceof AutoCloseable ? object.toString() : null;
        }

        @Override
        @Nullable String refusal(Object object) throws Exception {
            for (Method hook : refusing) {
                String refusal = (String) hook.invoke(object);
                if (refusal != null) return refusal;
            }
            return null;
        }
    }

    /** A record, by its components and its canonical constructor. */
    static final class Records extends Handler {
        private final List<Method> accessors = new ArrayList<>();
        private final List<String> names = new ArrayList<>();
        private final List<Class<?>> types = new ArrayList<>();
        private final Constructor<?> constructor;
        private final @Nullable Method resolve;
        private final String simpleName;

        private Records(Class<?> type, Constructor<?> constructor, List<String> details) {
            super(new Type(Kind.RECORD, type.getName(), details));
            this.constructor = constructor;
            resolve = Serializable.class.isAssignableFrom(type) ? resolving(type) : null;
            simpleName = type.getSimpleName();
            for (RecordComponent c : type.getRecordComponents()) {
                c.getAccessor().setAccessible(true);
                accessors.add(c.getAccessor());
                names.add(c.getName());
                types.add(c.getType());
            }
        }

        private static @Nullable Method resolving(Class<?> type) {
            for (Method method : type.getDeclaredMethods()) {
                if (!method.getName().equals("readResolve") || method.getParameterCount() > 0)
                    continue;
                method.setAccessible(true);
                return method;
            }
            return null;
        }

        static Records of(Class<?> type) throws NoSuchMethodException {
            List<String> details = new ArrayList<>();
            List<Class<?>> types = new ArrayList<>();
            for (RecordComponent c : type.getRecordComponents()) {
                details.add(c.getName() + " " + c.getType().getName());
                types.add(c.getType());
            }
            Constructor<?> canonical = type.getDeclaredConstructor(types.toArray(Class<?>[]::new));
            canonical.setAccessible(true);
            return new Records(type, canonical, details);
        }

        @Override
        boolean isWhole() {
            return true;
        }

        @Override
        void write(Object object, ItemWriter out) throws Exception {
            for (int i = 0; i < accessors.size(); i++) {
                Object value = accessors.get(i).invoke(object);
                if (types.get(i).isPrimitive()) Primitives.write(out.data(), value);
                else out.writeReference("field " + simpleName + "." + names.get(i), value);
            }
        }

        @Override
        Object create(ItemReader in) throws Exception {
            Object made = constructor.newInstance(readValues(in, types));
            Object resolved = resolve == null ? made : resolve.invoke(made);
            return Objects.requireNonNull(resolved, "what readResolve gives");
        }

        @Override
        String describe(Object object) {
            return "";
        }
    }

    /** The values of some types, in order. */
    static @Nullable Object[] readValues(ItemReader in, List<Class<?>> types) {
        @Nullable Object[] values = new Object[types.size()];
        for (int i = 0; i < values.length; i++) {
            Class<?> type = types.get(i);
            values[i] = type.isPrimitive() ? Primitives.read(in.data(), type) : in.readReference();
        }
        return values;
    }

    /** A lambda of a woven class, by its factory there and the captured values. */
    static final class WovenLambdas extends Handler {
        private final Method factory;
        private final List<MethodHandle> captured;

        private WovenLambdas(Method factory, List<MethodHandle> captured, Fingerprint code) {
            super(
                    new Type(
                            Kind.LAMBDA,
                            factory.getDeclaringClass().getName(),
                            List.of(
                                    factory.getDeclaringClass().getName(),
                                    factory.getName(),
                                    code.method() + code.descriptor(),
                                    code.value())));
            this.factory = factory;
            this.captured = captured;
        }

        private static final ClassValue<WovenLambdas> ALL =
                new ClassValue<>() {
                    @Override
                    protected WovenLambdas computeValue(Class<?> type) {
                        return of(Lambdas.origin(type).orElseThrow());
                    }
                };

        /** For the class of a lambda that has an origin. */
        static WovenLambdas of(Class<?> type) {
            return ALL.get(type);
        }

        private static WovenLambdas of(Lambdas.Origin origin) {
            Method factory = find(origin.host(), origin.factory());
            Fingerprint code =
                    factory == null ? null : factory.getDeclaredAnnotation(Fingerprint.class);
            if (factory == null || code == null) {
                throw new AssertionError("no factory " + origin.factory() + " in " + origin.host());
            }
            return new WovenLambdas(factory, origin.captured(), code);
        }

        /** For reading: the factory that the snapshot names. */
        static WovenLambdas of(Class<?> host, Type stored) {
            String what = host.getName() + "." + stored.details().get(2);
            Method factory = find(host, stored.details().get(1));
            if (factory == null || factory.getDeclaredAnnotation(Fingerprint.class) == null) {
                throw new SnapshotException.Changed(
                        "the lambda with the code " + what, "is made otherwise or not at all");
            }
            WovenLambdas found =
                    new WovenLambdas(
                            factory, List.of(), factory.getDeclaredAnnotation(Fingerprint.class));
            if (!found.type().equals(stored)) {
                throw new SnapshotException.Changed("method " + what, "has changed");
            }
            return found;
        }

        private static @Nullable Method find(Class<?> host, String name) {
            for (Method method : host.getDeclaredMethods()) {
                if (method.getName().equals(name)) return method;
            }
            return null;
        }

        @Override
        boolean isWhole() {
            return true;
        }

        @Override
        void write(Object object, ItemWriter out) throws Exception {
            for (int i = 0; i < captured.size(); i++) {
                Object value = get(captured.get(i), object);
                if (captured.get(i).type().returnType().isPrimitive())
                    Primitives.write(out.data(), value);
                else out.writeReference("captured value " + (i + 1), value);
            }
        }

        private static @Nullable Object get(MethodHandle getter, Object object) {
            try {
                return getter.invoke(object);
            } catch (Throwable e) {
                throw new AssertionError("a field that is there can be read", e);
            }
        }

        @Override
        Object create(ItemReader in) throws Exception {
            factory.setAccessible(true);
            Object made =
                    factory.invoke(null, readValues(in, List.of(factory.getParameterTypes())));
            return Objects.requireNonNull(made);
        }

        @Override
        String describe(Object object) {
            return "lambda %s.%s"
                    .formatted(type().details().get(0), nameOf(type().details().get(2)));
        }

        private static String nameOf(String method) {
            return method.substring(0, method.indexOf('('));
        }
    }
}
