package dev.corona.snapshot;

import org.jspecify.annotations.Nullable;

/** Primitive values, boxed, as data. */
final class Primitives {
    private Primitives() {}

    static void write(ByteSink out, @Nullable Object value) {
        switch (value) {
            case Boolean b -> out.write(b ? 1 : 0);
            case Byte b -> out.write(b);
            case Character c -> out.writeUnsigned(c);
            case Float f -> out.writeSigned(Float.floatToRawIntBits(f));
            case Double d -> out.writeFixed(Double.doubleToRawLongBits(d));
            case Number n -> out.writeSigned(n.longValue());
            case null, default -> throw new AssertionError("no primitive: " + value);
        }
    }

    /**
     * @param type a primitive type
     */
    static Object read(ByteSource in, Class<?> type) {
        if (type == boolean.class) return in.read() != 0;
        if (type == byte.class) return (byte) in.read();
        if (type == char.class) return (char) in.readUnsigned();
        if (type == short.class) return (short) in.readSigned();
        if (type == int.class) return (int) in.readSigned();
        if (type == long.class) return in.readSigned();
        if (type == float.class) return Float.intBitsToFloat((int) in.readSigned());
        if (type == double.class) return Double.longBitsToDouble(in.readFixed());
        throw new AssertionError("no primitive type: " + type);
    }

    /** The primitive type of a box class; null of another class. */
    static @Nullable Class<?> unboxed(Class<?> type) {
        Class<?> primitive = java.lang.invoke.MethodType.methodType(type).unwrap().returnType();
        return primitive.isPrimitive() && primitive != void.class ? primitive : null;
    }
}
