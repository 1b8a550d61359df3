package dev.corona.snapshot;

import dev.corona.errors.SnapshotException;
import dev.corona.kernel.Engine;
import dev.corona.kernel.Engines;
import dev.corona.snapshot.Type.Kind;

import java.lang.reflect.Array;
import java.util.List;

/** Handlers of what has no parts of its own, and of arrays. */
final class ValueHandlers {
    private ValueHandlers() {}

    static Type type(Kind kind, Class<?> c) {
        return new Type(kind, c.getName(), List.of());
    }

    static final class Strings extends Handler {
        Strings() {
            super(ValueHandlers.type(Kind.STRING, String.class));
        }

        @Override
        boolean isWhole() {
            return true;
        }

        @Override
        void write(Object object, ItemWriter out) {
            out.writeString((String) object);
        }

        @Override
        Object create(ItemReader in) {
            return in.readString();
        }
    }

    static final class Boxes extends Handler {
        private final Class<?> primitive;

        Boxes(Class<?> box, Class<?> primitive) {
            super(ValueHandlers.type(Kind.BOX, box));
            this.primitive = primitive;
        }

        @Override
        boolean isWhole() {
            return true;
        }

        @Override
        void write(Object object, ItemWriter out) {
            Primitives.write(out.data(), object);
        }

        @Override
        Object create(ItemReader in) {
            return Primitives.read(in.data(), primitive);
        }
    }

    /** A class object is an item of a type of its own, so that all names of classes are in the types. */
    static final class Classes extends Handler {
        private final Class<?> value;

        Classes(Class<?> value) {
            super(ValueHandlers.type(Kind.CLASS, value));
            this.value = value;
        }

        @Override
        boolean isWhole() {
            return true;
        }

        @Override
        void write(Object object, ItemWriter out) {}

        @Override
        Object create(ItemReader in) {
            return value;
        }
    }

    static final class Enums extends Handler {
        private final Class<?> type;

        Enums(Class<?> type) {
            super(ValueHandlers.type(Kind.ENUM, type));
            this.type = type;
        }

        @Override
        boolean isWhole() {
            return true;
        }

        @Override
        void write(Object object, ItemWriter out) {
            out.writeString(((Enum<?>) object).name());
        }

        @Override
        Object create(ItemReader in) {
            String name = in.readString();
            for (Object constant : type.getEnumConstants()) {
                if (((Enum<?>) constant).name().equals(name)) return constant;
            }
            throw new SnapshotException.Changed(
                    "enum " + type.getName(), "has lost its constant " + name);
        }
    }

    static final class Arrays extends Handler {
        private final Class<?> element;

        Arrays(Class<?> type) {
            super(ValueHandlers.type(Kind.ARRAY, type));
            element = type.getComponentType();
        }

        @Override
        void write(Object object, ItemWriter out) {
            int length = Array.getLength(object);
            if (element.isPrimitive()) out.data().writeUnsigned(length);
            if (object instanceof byte[] bytes) {
                out.data().write(bytes, 0, length);
                return;
            }
            for (int i = 0; i < length; i++) {
                Object value = Array.get(object, i);
                if (element.isPrimitive()) Primitives.write(out.data(), value);
                else out.writeReference("element " + i, value);
            }
        }

        /** No longer than what is there, so that a damaged snapshot allocates little. */
        @Override
        Object create(ItemReader in) {
            int length =
                    element.isPrimitive()
                            ? in.data().readCount(element == double.class ? 8 : 1)
                            : in.readReferenceCount();
            return Array.newInstance(element, length);
        }

        @Override
        void fill(Object object, ItemReader in) {
            int length = Array.getLength(object);
            if (object instanceof byte[] bytes) {
                in.data().read(bytes, 0, length);
                return;
            }
            for (int i = 0; i < length; i++) {
                Array.set(
                        object,
                        i,
                        element.isPrimitive()
                                ? Primitives.read(in.data(), element)
                                : in.readReference());
            }
        }
    }

    /** The woven engine, of which there is one. */
    static final class WovenEngines extends Handler {
        WovenEngines() {
            super(new Type(Kind.ENGINE, Engines.woven().name(), List.of()));
        }

        static boolean accepts(Object object) {
            return object instanceof Engine && object == Engines.woven();
        }

        @Override
        boolean isWhole() {
            return true;
        }

        @Override
        void write(Object object, ItemWriter out) {}

        @Override
        Object create(ItemReader in) {
            return Engines.woven();
        }
    }

    static final class Hosts extends Handler {
        private final HostObjects hosts;

        Hosts(HostObjects hosts) {
            super(new Type(Kind.HOST, "", List.of()));
            this.hosts = hosts;
        }

        @Override
        boolean isWhole() {
            return true;
        }

        @Override
        void write(Object object, ItemWriter out) {
            String name = hosts.nameOf(object);
            if (name == null) throw new IllegalStateException("host object lost its name");
            out.writeString(name);
        }

        @Override
        Object create(ItemReader in) {
            String name = in.readString();
            Object found = hosts.resolve(name);
            if (found == null) throw new SnapshotException.Unresolved(name);
            return found;
        }
    }

    /** A value that the original and a copy have in common. */
    static final class Shared extends Handler {
        private final Object value;

        Shared(Object value) {
            super(new Type(Kind.SHARED, "", List.of()));
            this.value = value;
        }

        @Override
        boolean isWhole() {
            return true;
        }

        @Override
        void write(Object object, ItemWriter out) {}

        @Override
        Object create(ItemReader in) {
            return value;
        }
    }

    /** A codec of the user's. */
    static final class Codecs extends Handler {
        private final SnapshotCodec<Object> codec;

        @SuppressWarnings("unchecked") // it is given only what it accepts
        Codecs(SnapshotCodec<?> codec) {
            super(new Type(Kind.CODEC, codec.name(), List.of()));
            this.codec = (SnapshotCodec<Object>) codec;
        }

        @Override
        boolean isWhole() {
            return codec.needsReferences();
        }

        @Override
        void write(Object object, ItemWriter out) {
            codec.write(object, out);
        }

        @Override
        Object create(ItemReader in) {
            return codec.create(in);
        }

        @Override
        boolean asksOthers() {
            return true;
        }

        @Override
        void fill(Object object, ItemReader in) {
            codec.fill(object, in);
        }
    }
}
