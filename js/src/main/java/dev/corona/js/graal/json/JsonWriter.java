package dev.corona.js.graal.json;

import com.oracle.truffle.api.strings.TruffleString;
import com.oracle.truffle.js.runtime.JSRuntime;
import com.oracle.truffle.js.runtime.Strings;
import com.oracle.truffle.js.runtime.array.ScriptArray;
import com.oracle.truffle.js.runtime.builtins.JSAbstractArray;
import com.oracle.truffle.js.runtime.builtins.JSArray;
import com.oracle.truffle.js.runtime.builtins.JSArrayObject;
import com.oracle.truffle.js.runtime.objects.JSDynamicObject;
import com.oracle.truffle.js.runtime.objects.JSObject;
import com.oracle.truffle.js.runtime.objects.Null;
import com.oracle.truffle.js.runtime.objects.Undefined;

/**
 * Writes plain data as JSON. An object is written by the {@link Plan} of its shape: its keys are quoted once, and its values
 * are fetched from where the engine keeps them. For the thread of its realm.
 */
final class JsonWriter {
    /** Deeper data, and cycles, are left to the engine. */
    private static final int MAX_DEPTH = 500;

    private static final int INITIAL_CHARS = 1024;

    /** A buffer that has grown beyond that is not kept. */
    private static final int MAX_KEPT_CHARS = 1 << 20;

    private final Plans plans = new Plans();
    private StringBuilder out = new StringBuilder(INITIAL_CHARS);
    private int depth;

    /** The text of {@code value}, or undefined if it has none. */
    Object write(Object value) {
        out.setLength(0);
        depth = 0;
        if (value == Undefined.instance) return value;
        append(value);
        TruffleString text = Strings.fromJavaString(out.toString());
        if (out.capacity() > MAX_KEPT_CHARS) out = new StringBuilder(INITIAL_CHARS);
        return text;
    }

    private void append(Object value) {
        if (value instanceof TruffleString text) JsonText.quote(out, Strings.toJavaString(text));
        else if (value instanceof Integer number) out.append(number.intValue());
        else if (value instanceof Boolean flag) out.append(flag.booleanValue());
        else if (value == Null.instance) out.append("null");
        else if (value instanceof Double number) appendNumber(number);
        else if (value instanceof JSArrayObject array) appendArray(array);
        else if (value instanceof JSObject object) appendObject(object);
        else throw NotPlain.INSTANCE;
    }

    private void appendNumber(double number) {
        if (!Double.isFinite(number)) out.append("null");
        else if (!JsonNumbers.appendShort(out, number))
            out.append(Strings.toJavaString(JSRuntime.doubleToString(number)));
    }

    private void enter() {
        if (++depth > MAX_DEPTH) throw NotPlain.INSTANCE;
    }

    private void appendArray(JSArrayObject array) {
        if (!JSArray.isJSArray(array)) throw NotPlain.INSTANCE;
        plans.require(array);
        enter();
        ScriptArray items = JSAbstractArray.arrayGetArrayType(array);
        if (items.hasHoles(array)) throw NotPlain.INSTANCE;
        long length = items.length(array);
        out.append('[');
        for (long i = 0; i < length; i++) {
            if (i > 0) out.append(',');
            Object item = items.getElement(array, i);
            if (item == Undefined.instance) out.append("null");
            else append(item);
        }
        out.append(']');
        depth--;
    }

    private void appendObject(JSDynamicObject object) {
        Plan plan = plans.of(object);
        enter();
        out.append('{');
        boolean isFirst = true;
        for (int i = 0; i < plan.size(); i++) {
            Object value = plan.value(object, i);
            if (value == Undefined.instance) continue;
            if (isFirst) isFirst = false;
            else out.append(',');
            out.append(plan.head(i));
            append(value);
        }
        out.append('}');
        depth--;
    }
}
