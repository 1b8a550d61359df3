package dev.corona.snapshot;

import dev.corona.errors.SnapshotException;
import dev.corona.kernel.Continuation;
import dev.corona.woven.Frame;
import dev.corona.woven.Lambdas;
import dev.corona.woven.Strand;

import org.jspecify.annotations.Nullable;

import java.io.NotSerializableException;
import java.io.Serializable;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/** Chooses the handler of each object that is stored. One object a scan; the same type gets the same handler. */
final class Handlers {
    /** No handler can store it. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String remedy) {
            super(remedy);
        }
    }

    private static final ClassValue<Boolean> WOVEN =
            new ClassValue<>() {
                @Override
                protected Boolean computeValue(Class<?> type) {
                    return hasTwins(type);
                }
            };

    private final SnapshotOptions options;
    private final Map<Class<?>, Handler> byClass = new HashMap<>();
    private final Map<Class<?>, Handler> classes = new HashMap<>();
    private final Map<Object, Handler> byCode = new IdentityHashMap<>();
    private final Map<Type, Handler> frames = new HashMap<>();
    private final Map<String, Handler> codecs = new HashMap<>();
    private final Handler hosts;

    Handlers(SnapshotOptions options) {
        this.options = options;
        hosts = new ValueHandlers.Hosts(options.hosts());
    }

    /** For an object that is already what {@link SerialHandler#replace} made of it. */
    Handler of(Object object) throws Refused {
        if (object instanceof Class<?> c)
            return classes.computeIfAbsent(c, ValueHandlers.Classes::new);
        if (options.hosts().nameOf(object) != null) return hosts;
        for (SnapshotCodec<?> codec : options.codecs()) {
            if (codec.accepts(object))
                return codecs.computeIfAbsent(codec.name(), n -> new ValueHandlers.Codecs(codec));
        }
        if (object instanceof Frame frame) return ofFrame(frame);
        Handler known = byClass.get(object.getClass());
        if (known == null) {
            known = find(object);
            byClass.put(object.getClass(), known);
        }
        return known;
    }

    private Handler ofFrame(Frame frame) throws Refused {
        if (frame.code.owner().isHidden())
            throw new Refused(
                    "its method is in a hidden class; only a class with a name can be found again");
        Handler known = byCode.get(frame.code);
        if (known != null) return known;
        FrameHandler made = FrameHandler.of(frame);
        Handler same = frames.putIfAbsent(made.type(), made);
        byCode.put(frame.code, same == null ? made : same);
        return same == null ? made : same;
    }

    private Handler find(Object object) throws Refused {
        Class<?> type = object.getClass();
        Class<?> primitive = Primitives.unboxed(type);
        if (primitive != null) return new ValueHandlers.Boxes(type, primitive);
        if (type == String.class) return new ValueHandlers.Strings();
        if (object instanceof Enum<?> e) return new ValueHandlers.Enums(e.getDeclaringClass());
        if (type.isArray()) return new ValueHandlers.Arrays(type);
        if (ValueHandlers.WovenEngines.accepts(object)) return new ValueHandlers.WovenEngines();
        if (Lambdas.origin(type).isPresent()) return ObjectHandlers.WovenLambdas.of(type);
        if (Proxy.isProxyClass(type)) throw new Refused("a proxy has no class to find again");
        if (object instanceof Continuation c && !ObjectHandlers.ByFields.isStored(type)) {
            throw new Refused(
                    "it runs on the engine %s; only woven coroutines can be stored, so weave the class that its body is written in"
                            .formatted(c.engine().name()));
        }
        return ofStructure(type);
    }

    private Handler ofStructure(Class<?> type) throws Refused {
        if (type.isHidden()) throw new Refused(remedyOfLambda(type));
        try {
            if (ObjectHandlers.ByFields.isStored(type)) return ObjectHandlers.ByFields.of(type);
            if (type.isRecord()) return ObjectHandlers.Records.of(type);
            if (Serializable.class.isAssignableFrom(type)) return SerialHandler.of(type);
            if (isByFields(type)) return ObjectHandlers.ByFields.of(type);
        } catch (NoSuchMethodException | NotSerializableException e) {
            throw new Refused("it cannot be made again (%s)".formatted(e.getMessage()));
        } catch (InaccessibleObjectException e) {
            throw new Refused("open its package to dev.corona.core (%s)".formatted(e.getMessage()));
        }
        throw new Refused(
                "give it a name with HostObjects, write a SnapshotCodec for it, or make its class Serializable");
    }

    private boolean isByFields(Class<?> type) {
        return options.fields().test(type) || WOVEN.get(type);
    }

    private static String remedyOfLambda(Class<?> type) {
        return type.getName().contains("$$Lambda")
                ? "this lambda is written in a class that is not woven; weave that class, or cast it to an interface that is Serializable too"
                : "a hidden class cannot be found again";
    }

    /** Whether a method of the class, or of one above it, is woven. */
    private static boolean hasTwins(Class<?> type) {
        for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
            for (Method m : c.getDeclaredMethods()) {
                for (Class<?> p : m.getParameterTypes()) if (p == Strand.class) return true;
            }
        }
        return false;
    }

    /** For reading: the handler of a stored type, whose class was found. */
    Handler of(Type stored, @Nullable Class<?> c, @Nullable Class<?> second) {
        return switch (stored.kind()) {
            case HOST -> hosts;
            case ENGINE -> new ValueHandlers.WovenEngines();
            case CODEC -> new ValueHandlers.Codecs(codec(stored.className()));
            case SHARED -> throw new SnapshotException.Damaged("it has a shared value");
            default -> ofClass(stored, require(c), second);
        };
    }

    private SnapshotCodec<?> codec(String name) {
        return options.codecs().stream()
                .filter(codec -> codec.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new SnapshotException.Changed(
                                        "the codec \"" + name + "\"",
                                        "is no longer in the options"));
    }

    private static Class<?> require(@Nullable Class<?> c) {
        if (c == null) throw new AssertionError("a type whose class was not looked up");
        return c;
    }

    private Handler ofClass(Type stored, Class<?> c, @Nullable Class<?> second) {
        Handler found =
                switch (stored.kind()) {
                    case STRING -> new ValueHandlers.Strings();
                    case CLASS -> new ValueHandlers.Classes(c);
                    case BOX -> new ValueHandlers.Boxes(c, requireBox(c));
                    case ENUM -> new ValueHandlers.Enums(requireEnum(c));
                    case ARRAY -> new ValueHandlers.Arrays(requireArray(c));
                    case FRAME -> FrameHandler.of(requireFrame(c), require(second), stored);
                    case LAMBDA -> ObjectHandlers.WovenLambdas.of(require(second), stored);
                    default -> ofStructure(stored, c);
                };
        if (!found.type().equals(stored)) throw changed(c);
        return found;
    }

    private static SnapshotException changed(Class<?> c) {
        return new SnapshotException.Changed("class " + c.getName(), "has changed its fields");
    }

    private Handler ofStructure(Type stored, Class<?> c) {
        boolean isOpen =
                !Modifier.isAbstract(c.getModifiers()) && !c.isInterface() && !c.isPrimitive();
        try {
            if (isOpen && !c.isArray() && !c.isEnum() && c != Class.class) {
                Handler found = ofStructure(c);
                if (found.type().kind() == stored.kind()) return found;
            }
        } catch (Refused e) {
            throw new SnapshotException.Changed(
                    "class " + c.getName(), "cannot be stored any more");
        }
        throw changed(c);
    }

    private static Class<?> requireBox(Class<?> c) {
        Class<?> primitive = Primitives.unboxed(c);
        if (primitive == null) throw changed(c);
        return primitive;
    }

    private static Class<?> requireEnum(Class<?> c) {
        if (!c.isEnum()) throw changed(c);
        return c;
    }

    private static Class<?> requireArray(Class<?> c) {
        if (!c.isArray()) throw changed(c);
        return c;
    }

    private static Class<?> requireFrame(Class<?> c) {
        if (!Frame.class.isAssignableFrom(c)) throw changed(c);
        return c;
    }
}
