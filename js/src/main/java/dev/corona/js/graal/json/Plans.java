package dev.corona.js.graal.json;

import com.oracle.truffle.api.object.Shape;
import com.oracle.truffle.js.runtime.objects.JSDynamicObject;

import org.jspecify.annotations.Nullable;

/** The plans of the shapes that were written lately. A table without chains: who comes later takes the place. */
final class Plans {
    private static final int SIZE = 1024;

    private final @Nullable Plan[] table = new Plan[SIZE];
    private @Nullable Plan last;

    /** Refuses by {@link NotPlain} if there is no plan of the array's shape; that has no properties to write. */
    void require(JSDynamicObject array) {
        of(array);
    }

    /** The plan of the object's shape, which its prototypes still allow. */
    Plan of(JSDynamicObject object) {
        Shape shape = object.getShape();
        Plan latest = last;
        if (latest != null && latest.isFor(shape)) return latest;
        int place = System.identityHashCode(shape) & SIZE - 1;
        Plan found = table[place];
        if (found == null || !found.isFor(shape)) {
            found = Plan.make(object);
            table[place] = found;
        }
        last = found;
        return found;
    }
}
