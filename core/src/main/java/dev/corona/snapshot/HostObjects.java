package dev.corona.snapshot;

import org.jspecify.annotations.Nullable;

import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Objects that belong to the process and not to the coroutine, such as a logger or a connection: a snapshot has their names, and
 * a restoration asks for the objects.
 */
public interface HostObjects {
    /** The name that stands for {@code object}; null if it is no host object. Asked for each object that is stored. */
    @Nullable String nameOf(Object object);

    /** The object that the name stands for in this process; null if there is none. */
    @Nullable Object resolve(String name);

    /** The objects of a map, by their keys. */
    static HostObjects of(Map<String, ?> objects) {
        Map<String, Object> byName = Map.copyOf(objects);
        Map<Object, String> names = new IdentityHashMap<>();
        byName.forEach((name, object) -> names.put(object, name));
        return new HostObjects() {
            @Override
            public @Nullable String nameOf(Object object) {
                return names.get(object);
            }

            @Override
            public @Nullable Object resolve(String name) {
                return byName.get(name);
            }
        };
    }
}
