package dev.corona.js.graal.json;

import com.oracle.truffle.api.object.Shape;
import com.oracle.truffle.api.strings.TruffleString;
import com.oracle.truffle.js.runtime.JSRealm;
import com.oracle.truffle.js.runtime.JSRuntime;
import com.oracle.truffle.js.runtime.Strings;
import com.oracle.truffle.js.runtime.builtins.JSArray;
import com.oracle.truffle.js.runtime.builtins.JSOrdinary;
import com.oracle.truffle.js.runtime.objects.JSDynamicObject;
import com.oracle.truffle.js.runtime.objects.JSObject;
import com.oracle.truffle.js.runtime.objects.Null;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * A recursive-descent parser of JSON that makes the engine's own values. Members are looked for where the last object of the
 * same kind had them ({@link Steps}), so that most keys are compared and not hashed. It refuses whatever is not right, by
 * {@link NotPlain}, and explains nothing. For the thread of its realm.
 */
final class JsonParser {
    /** Deeper text is left to the engine, which knows how deep its stack is. */
    private static final int MAX_DEPTH = 500;

    /** More members than that may be kept in a table of the engine's own kind. */
    private static final int MAX_MEMBERS = 100;

    private static final int INITIAL_ITEMS = 16;

    private final JSRealm realm;
    private final JsonNumbers numbers = new JsonNumbers();
    private final Steps steps;
    private String text = "";
    private int at;
    private int depth;

    JsonParser(JSRealm realm) {
        this.realm = realm;
        this.steps = new Steps(JSOrdinary.create(realm.getContext(), realm).getShape());
    }

    /** The value that all of {@code json} is. */
    Object parse(String json) {
        text = json;
        at = 0;
        depth = 0;
        try {
            Object value = value(next());
            if (nextOrEnd() != -1) throw NotPlain.INSTANCE;
            return value;
        } finally {
            text = "";
        }
    }

    /** The next character after white space, which is taken; -1 at the end. */
    private int nextOrEnd() {
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c > ' ' || c != ' ' && c != '\n' && c != '\r' && c != '\t') return c;
        }
        return -1;
    }

    private char next() {
        int c = nextOrEnd();
        if (c < 0) throw NotPlain.INSTANCE;
        return (char) c;
    }

    private Object value(char first) {
        return switch (first) {
            case '"' -> string();
            case '{' -> object();
            case '[' -> array();
            case 't' -> literal("true", true);
            case 'f' -> literal("false", false);
            case 'n' -> literal("null", Null.instance);
            default -> number();
        };
    }

    private Object literal(String word, Object value) {
        if (!text.startsWith(word, at - 1)) throw NotPlain.INSTANCE;
        at += word.length() - 1;
        return value;
    }

    private Object number() {
        Object value = numbers.parse(text, at - 1);
        at = numbers.end();
        return value;
    }

    private TruffleString string() {
        int start = at;
        while (true) {
            char c = charAt(at);
            if (c == '"') return Strings.fromJavaString(text.substring(start, at++));
            if (c == '\\') return Strings.fromJavaString(escaped(start));
            if (c < ' ') throw NotPlain.INSTANCE;
            at++;
        }
    }

    private char charAt(int index) {
        if (index >= text.length()) throw NotPlain.INSTANCE;
        return text.charAt(index);
    }

    /** The rest of a string that has an escape where the parser stands. */
    private String escaped(int start) {
        StringBuilder out = new StringBuilder(text.length() < 64 ? 16 : 64).append(text, start, at);
        while (true) {
            char c = charAt(at++);
            if (c == '"') return out.toString();
            if (c < ' ') throw NotPlain.INSTANCE;
            out.append(c == '\\' ? escape() : c);
        }
    }

    private char escape() {
        char c = charAt(at++);
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unit();
            default -> throw NotPlain.INSTANCE;
        };
    }

    private char unit() {
        int unit = 0;
        for (int end = at + 4; at < end; at++) {
            int c = charAt(at);
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) throw NotPlain.INSTANCE;
            unit = unit << 4 | digit;
        }
        return (char) unit;
    }

    private Object array() {
        enter();
        char c = next();
        Object[] items = new Object[INITIAL_ITEMS];
        int count = 0;
        while (c != ']') {
            if (count == items.length) items = Arrays.copyOf(items, 2 * count);
            items[count++] = value(c);
            c = next();
            if (c == ',') {
                c = next();
                if (c == ']') throw NotPlain.INSTANCE;
            } else if (c != ']') {
                throw NotPlain.INSTANCE;
            }
        }
        depth--;
        return arrayOf(items, count);
    }

    private Object arrayOf(Object[] items, int count) {
        if (count == 0) return JSArray.createEmptyZeroLength(realm.getContext(), realm);
        Class<?> kind = items[0].getClass();
        for (int i = 1; i < count; i++) if (items[i].getClass() != kind) kind = Object.class;
        if (kind == Integer.class) return intArrayOf(items, count);
        if (kind == Double.class) return doubleArrayOf(items, count);
        return JSArray.createZeroBasedObjectArray(
                realm.getContext(), realm, Arrays.copyOf(items, count));
    }

    private Object intArrayOf(Object[] items, int count) {
        int[] ints = new int[count];
        for (int i = 0; i < count; i++) ints[i] = (Integer) items[i];
        return JSArray.createZeroBasedIntArray(realm.getContext(), realm, ints);
    }

    private Object doubleArrayOf(Object[] items, int count) {
        double[] doubles = new double[count];
        for (int i = 0; i < count; i++) doubles[i] = (Double) items[i];
        return JSArray.createZeroBasedDoubleArray(realm.getContext(), realm, doubles);
    }

    private void enter() {
        if (++depth > MAX_DEPTH) throw NotPlain.INSTANCE;
    }

    private Object object() {
        enter();
        JSObject object = JSOrdinary.create(realm.getContext(), realm);
        Steps.@Nullable Step step = steps.root();
        int members = 0;
        char c = next();
        if (c == '}') {
            depth--;
            return object;
        }
        while (true) {
            if (c != '"' || ++members > MAX_MEMBERS) throw NotPlain.INSTANCE;
            step = member(object, step);
            c = next();
            if (c == '}') break;
            if (c != ',') throw NotPlain.INSTANCE;
            c = next();
        }
        depth--;
        return object;
    }

    /** Reads a member whose opening quote was taken; answers the step that it was, null if it was none. */
    private Steps.@Nullable Step member(JSObject object, Steps.@Nullable Step before) {
        Steps.@Nullable Step step = before == null ? null : expected(before);
        if (step == null) return unexpected(object, before);
        Object value = memberValue();
        if (step.add(object, value)) return step;
        Steps.Step found = step;
        Shape from = object.getShape();
        define(object, step.key(), value);
        return before == null ? null : steps.moved(before, found, from, object);
    }

    /** The step after {@code before} whose key is what the text goes on with; the key and its closing quote are taken. */
    private Steps.@Nullable Step expected(Steps.Step before) {
        for (Steps.Step s = before.first(); s != null; s = s.sibling()) {
            String name = s.name();
            int end = at + name.length();
            if (end < text.length() && text.charAt(end) == '"' && text.startsWith(name, at)) {
                at = end + 1;
                return s;
            }
        }
        return null;
    }

    private Steps.@Nullable Step unexpected(JSObject object, Steps.@Nullable Step before) {
        int start = at;
        TruffleString key = string();
        boolean isEscaped = at - start - 1 != Strings.length(key);
        String name = text.substring(start, at - 1);
        if (!isEscaped && isIndexLike(name)) throw NotPlain.INSTANCE;
        if (isEscaped && isIndexLike(Strings.toJavaString(key))) throw NotPlain.INSTANCE;
        Object value = memberValue();
        Shape from = object.getShape();
        define(object, key, value);
        boolean isNew = object.getShape().getPropertyCount() == from.getPropertyCount() + 1;
        return before == null || isEscaped || !isNew
                ? null
                : steps.add(before, name, key, from, object);
    }

    /** Whether it may be an array index, which objects keep in an order of their own. */
    private static boolean isIndexLike(String name) {
        return !name.isEmpty() && name.charAt(0) <= '9' && name.charAt(0) >= '0';
    }

    private Object memberValue() {
        if (next() != ':') throw NotPlain.INSTANCE;
        return value(next());
    }

    private static void define(JSDynamicObject object, TruffleString key, Object value) {
        JSRuntime.createDataProperty(object, key, value);
    }
}
