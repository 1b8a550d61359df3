package dev.corona.js.graal.json;

import com.oracle.truffle.api.object.DynamicObject;
import com.oracle.truffle.api.object.IncompatibleLocationException;
import com.oracle.truffle.api.object.Location;
import com.oracle.truffle.api.object.Property;
import com.oracle.truffle.api.object.Shape;
import com.oracle.truffle.api.strings.TruffleString;
import com.oracle.truffle.js.runtime.objects.JSAttributes;

import org.jspecify.annotations.Nullable;

/**
 * How the objects of parsed texts grew: a tree with the empty object at its root and, below each node, the members that came
 * next, the latest first. A step knows the shape before and after it and where the engine keeps the value, so adding a
 * member is a comparison and a store.
 */
final class Steps {
    /** The tree is forgotten when it has grown so large: keys that are data would fill it without end. */
    private static final int MAX_STEPS = 4096;

    /** So many different members after the same ones are looked through; more are not kind of object but data. */
    private static final int MAX_SIBLINGS = 8;

    /** One member, after those above it. */
    static final class Step {
        private final String name;
        private final @Nullable TruffleString key;
        private final Shape before;
        private Shape after;
        private @Nullable Location location;
        private @Nullable Step first;
        private @Nullable Step sibling;
        private int children;

        private Step(String name, @Nullable TruffleString key, Shape before, Shape after) {
            this.name = name;
            this.key = key;
            this.before = before;
            this.after = after;
        }

        /** The key as it stands in the text. */
        String name() {
            return name;
        }

        TruffleString key() {
            if (key == null) throw new AssertionError("the root has no key");
            return key;
        }

        @Nullable Step first() {
            return first;
        }

        @Nullable Step sibling() {
            return sibling;
        }

        /** Adds the member to an object; false if the engine must do that because the value needs another place. */
        boolean add(DynamicObject object, Object value) {
            Location place = location;
            if (place == null
                    || object.getShape() != before
                    || !after.isValid()
                    || !place.canStore(value)) return false;
            try {
                place.set(object, value, before, after);
                return true;
            } catch (IncompatibleLocationException e) {
                return false;
            }
        }

        /** Remembers where the engine put the member. */
        private void learn(Shape grown) {
            Property property = grown.getProperty(key());
            boolean isPlain =
                    property != null
                            && property.getFlags() == JSAttributes.getDefault()
                            && grown.isValid();
            if (after != grown) {
                after = grown;
                first = null;
                children = 0;
            }
            location = isPlain && property != null ? property.getLocation() : null;
        }
    }

    private final Shape empty;
    private Step root;
    private int count;

    Steps(Shape empty) {
        this.empty = empty;
        this.root = new Step("", null, empty, empty);
    }

    Step root() {
        return root;
    }

    /**
     * A member that was not expected after {@code before} has been added to {@code object}; null if it is not kept.
     *
     * @param from the object's shape without the member; parsing its value may have moved {@code before} to another
     */
    @Nullable Step add(
            Step before, String name, TruffleString key, Shape from, DynamicObject object) {
        if (from != before.after || before.children >= MAX_SIBLINGS) return null;
        if (++count > MAX_STEPS) {
            count = 0;
            root = new Step("", null, empty, empty);
            return null;
        }
        Step step = new Step(name, key, before.after, object.getShape());
        step.learn(object.getShape());
        step.sibling = before.first;
        before.first = step;
        before.children++;
        return step;
    }

    /**
     * The engine has added the member of {@code step} to {@code object} in another way than last time.
     *
     * @param from the object's shape without the member
     */
    @Nullable Step moved(Step before, Step step, Shape from, DynamicObject object) {
        if (from != before.after) return null;
        if (step.before != before.after) {
            // the shape before it has been replaced, and all that grew from that
            before.first = null;
            before.children = 0;
            return add(before, step.name(), step.key(), from, object);
        }
        step.learn(object.getShape());
        return step;
    }
}
