package dev.corona.js.graal.json;

import com.oracle.truffle.api.object.Location;
import com.oracle.truffle.api.object.Property;
import com.oracle.truffle.api.object.Shape;
import com.oracle.truffle.api.strings.TruffleString;
import com.oracle.truffle.js.runtime.JSRuntime;
import com.oracle.truffle.js.runtime.Strings;
import com.oracle.truffle.js.runtime.builtins.JSArray;
import com.oracle.truffle.js.runtime.builtins.JSClass;
import com.oracle.truffle.js.runtime.builtins.JSObjectPrototype;
import com.oracle.truffle.js.runtime.builtins.JSOrdinary;
import com.oracle.truffle.js.runtime.objects.JSDynamicObject;
import com.oracle.truffle.js.runtime.objects.JSObject;
import com.oracle.truffle.js.runtime.objects.JSProperty;
import com.oracle.truffle.js.runtime.objects.JSShape;
import com.oracle.truffle.js.runtime.objects.Null;

import java.util.ArrayList;
import java.util.List;

/**
 * How objects of one shape are written: their enumerable properties with the text before each value. Made only for ordinary objects and
 * arrays whose properties are data and none of whose prototypes has a {@code toJSON}; holds as long as no prototype changes.
 */
final class Plan {
    private static final TruffleString TO_JSON = Strings.fromJavaString("toJSON");

    private final Shape shape;
    private final String[] heads;
    private final Location[] locations;
    private final JSDynamicObject[] prototypes;
    private final Shape[] prototypeShapes;

    private Plan(
            Shape shape, String[] heads, Location[] locations, List<JSDynamicObject> prototypes) {
        this.shape = shape;
        this.heads = heads;
        this.locations = locations;
        this.prototypes = prototypes.toArray(JSDynamicObject[]::new);
        this.prototypeShapes =
                prototypes.stream().map(JSDynamicObject::getShape).toArray(Shape[]::new);
    }

    /** The plan of an object's shape; refuses by {@link NotPlain}. */
    static Plan make(JSDynamicObject object) {
        JSClass kind = JSObject.getJSClass(object);
        boolean isArray = kind == JSArray.INSTANCE;
        if (!isArray && kind != JSOrdinary.INSTANCE) throw NotPlain.INSTANCE;
        Shape shape = object.getShape();
        if (!JSShape.isPrototypeInShape(shape) || shape.hasProperty(TO_JSON))
            throw NotPlain.INSTANCE;
        List<String> heads = new ArrayList<>();
        List<Location> locations = new ArrayList<>();
        for (Property property : shape.getPropertyList()) {
            if (isArray || !isWritten(property)) continue;
            heads.add(head((TruffleString) property.getKey()));
            locations.add(property.getLocation());
        }
        return new Plan(
                shape,
                heads.toArray(String[]::new),
                locations.toArray(Location[]::new),
                prototypesOf(object));
    }

    private static boolean isWritten(Property property) {
        if (!(property.getKey() instanceof TruffleString key) || !JSProperty.isEnumerable(property))
            return false;
        if (JSRuntime.isArrayIndexString(key) || !isPlainData(property)) throw NotPlain.INSTANCE;
        return true;
    }

    private static boolean isPlainData(Property property) {
        return JSProperty.isData(property)
                && !JSProperty.isProxy(property)
                && !JSProperty.isDataSpecial(property);
    }

    private static String head(TruffleString key) {
        StringBuilder head = new StringBuilder();
        JsonText.quote(head, Strings.toJavaString(key));
        return head.append(':').toString();
    }

    private static List<JSDynamicObject> prototypesOf(JSDynamicObject object) {
        List<JSDynamicObject> prototypes = new ArrayList<>();
        JSDynamicObject prototype = JSObject.getPrototype(object);
        while (prototype != Null.instance) {
            if (!isKnown(prototype) || prototype.getShape().hasProperty(TO_JSON))
                throw NotPlain.INSTANCE;
            prototypes.add(prototype);
            prototype = JSObject.getPrototype(prototype);
        }
        return prototypes;
    }

    /** Whether a property of it is in its shape or nowhere. */
    private static boolean isKnown(JSDynamicObject prototype) {
        if (!(prototype instanceof JSObject)) return false;
        JSClass kind = JSObject.getJSClass(prototype);
        return kind == JSOrdinary.INSTANCE
                || kind == JSObjectPrototype.INSTANCE
                || kind == JSArray.INSTANCE;
    }

    /** Whether it is the plan of that shape and still right. */
    boolean isFor(Shape other) {
        if (other != shape) return false;
        for (int i = 0; i < prototypes.length; i++) {
            if (prototypes[i].getShape() != prototypeShapes[i]) return false;
        }
        return true;
    }

    int size() {
        return heads.length;
    }

    /** What stands before the value: the key, quoted, and a colon. */
    String head(int index) {
        return heads[index];
    }

    Object value(JSDynamicObject object, int index) {
        return locations[index].get(object, true);
    }
}
