package dev.corona.bench.woven;

import dev.corona.bench.BenchException;
import dev.corona.weave.Weaver;
import dev.corona.weave.WovenSet;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;

/** Loads a class and those nested in it woven. */
final class WovenLoader extends ClassLoader {
    private final WovenSet woven;

    private WovenLoader(Class<?> type) throws IOException {
        super(type.getClassLoader());
        List<byte[]> classes = new ArrayList<>();
        for (Class<?> each : type.getNestMembers()) {
            String file = each.getName().replace('.', '/') + ".class";
            try (InputStream in = getParent().getResourceAsStream(file)) {
                if (in == null) throw new IOException("no " + file);
                classes.add(in.readAllBytes());
            }
        }
        woven = Weaver.of(Weaver.Options.marked(getParent())).weave(classes);
    }

    /** The woven form of {@code type}. */
    static Class<?> of(Class<?> type) throws IOException, ClassNotFoundException {
        return new WovenLoader(type).loadClass(type.getName());
    }

    /** The woven form of {@code type}, all of whose methods count as left before, so that none is called in its direct form. */
    static Class<?> ofLeft(Class<?> type) throws IOException, ReflectiveOperationException {
        WovenLoader loader = new WovenLoader(type);
        int noted = 0;
        for (String name : loader.woven.classes().keySet()) {
            for (Field field : loader.loadClass(name).getDeclaredFields()) {
                if (!field.isSynthetic() || !field.getName().endsWith("$left")) continue;
                field.setAccessible(true);
                field.setBoolean(null, true);
                noted++;
            }
        }
        if (noted == 0)
            throw new BenchException("no method of %s has a direct form".formatted(type));
        return loader.loadClass(type.getName());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        byte[] bytes = woven.classes().get(name);
        if (bytes == null) return super.loadClass(name, resolve);
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? defineClass(name, bytes, 0, bytes.length) : loaded;
    }
}
