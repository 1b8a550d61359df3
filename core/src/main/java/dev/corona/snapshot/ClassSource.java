package dev.corona.snapshot;

import dev.corona.errors.SnapshotException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the classes of a snapshot, after all their names are known to be allowed. Does not initialize them. */
final class ClassSource {
    /** Corona's packages; no class of another module can be in them. */
    private static final Set<String> OWN =
            Set.of("dev.corona", "dev.corona.kernel", "dev.corona.woven");

    private final SnapshotOptions options;
    private final Map<String, Class<?>> found = new HashMap<>();

    ClassSource(SnapshotOptions options) {
        this.options = options;
    }

    /** Throws if one of the classes is not allowed. Loads none. */
    void requireAllowed(List<Type> types) {
        for (Type type : types) {
            for (String name : type.classNames()) {
                if (!isOwn(name) && !options.allowed().test(name))
                    throw new SnapshotException.Forbidden(name);
            }
        }
    }

    /** Whether it is the name of a class of Corona's. */
    static boolean isOwn(String name) {
        int end = name.lastIndexOf('.');
        return end > 0 && OWN.contains(name.substring(0, end));
    }

    Class<?> find(String name) {
        Class<?> known = found.get(name);
        if (known != null) return known;
        Class<?> loaded = load(name);
        found.put(name, loaded);
        return loaded;
    }

    private Class<?> load(String name) {
        Class<?> primitive = Class.forPrimitiveName(name);
        if (primitive != null) return primitive;
        ClassLoader loader =
                isOwn(Type.elementName(name))
                        ? ClassSource.class.getClassLoader()
                        : options.loader();
        try {
            return Class.forName(
                    name, false, loader == null ? ClassLoader.getSystemClassLoader() : loader);
        } catch (ClassNotFoundException | LinkageError e) {
            SnapshotException gone =
                    new SnapshotException.Changed("class " + name, "is no longer there");
            gone.initCause(e);
            throw gone;
        }
    }
}
