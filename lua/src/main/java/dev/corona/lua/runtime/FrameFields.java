package dev.corona.lua.runtime;

import dev.corona.woven.Code;
import dev.corona.woven.Frame;
import dev.corona.woven.Frames;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;

/** The variables of suspended calls, by the fields of their frames. */
public final class FrameFields {
    private FrameFields() {}

    /** The closure that a frame of a compiled function belongs to. */
    static @Nullable LuaFunction closure(Frame frame) {
        return get(frame, "a0") instanceof LuaFunction f ? f : null;
    }

    /** The object whose method a frame belongs to, if it is a function and still needed; null otherwise. */
    static @Nullable LuaFunction self(Frame frame) {
        for (Code.Variable v : frame.code.sites().get(frame.pc).variables()) {
            if (v.name().equals("this") && get(frame, v.field()) instanceof LuaFunction f) return f;
        }
        return null;
    }

    /** A field by its name, such as a3; a number as the Long of its bits. */
    static @Nullable Object get(Frame frame, String name) {
        int index = Integer.parseInt(name.substring(1));
        if (frame instanceof Frames.Wide w) {
            return name.charAt(0) == 'a' ? w.a[index] : (Object) w.j[index];
        }
        try {
            return field(frame, name).get(frame);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Puts an object into a field of references. */
    static void set(Frame frame, String name, @Nullable Object value) {
        if (frame instanceof Frames.Wide w) {
            w.a[Integer.parseInt(name.substring(1))] = value;
            return;
        }
        try {
            field(frame, name).set(frame, value);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** The objects that a frame holds, named variables and others. */
    public static List<Object> references(Frame frame) {
        List<Object> all = new ArrayList<>();
        if (frame instanceof Frames.Wide w) {
            for (Object each : w.a) if (each != null) all.add(each);
            return all;
        }
        try {
            for (Field f : frame.getClass().getFields()) {
                boolean isVariable =
                        f.getDeclaringClass() != Frame.class && !f.getType().isPrimitive();
                Object value = isVariable ? f.get(frame) : null;
                if (value != null) all.add(value);
            }
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
        return all;
    }

    /** The arguments beyond the parameters that a frame of a compiled function keeps. */
    static @Nullable Object[] variableArguments(Frame frame) {
        return get(frame, "a1") instanceof Object[] list ? list : new Object[0];
    }

    private static Field field(Frame frame, String name) throws ReflectiveOperationException {
        return frame.getClass().getField(name);
    }
}
