package dev.corona.js.graal.json;

import com.oracle.truffle.api.strings.TruffleString;
import com.oracle.truffle.js.runtime.JSArguments;
import com.oracle.truffle.js.runtime.JSRealm;
import com.oracle.truffle.js.runtime.Strings;
import com.oracle.truffle.js.runtime.builtins.JSFunction;
import com.oracle.truffle.js.runtime.builtins.JSFunctionObject;
import com.oracle.truffle.js.runtime.objects.JSObject;
import com.oracle.truffle.js.runtime.objects.Undefined;

import dev.corona.js.graal.HostFunctions;

/**
 * Replaces {@code JSON.parse} and {@code JSON.stringify} of a realm by functions that do the common cases themselves and call
 * the engine's for the others: a reviver, a replacer or an indent, a syntax error, a getter, {@code toJSON}, a proxy, a cycle.
 * The fast ways run no code of the program, so that giving up half-way and beginning anew cannot be noticed.
 *
 * <p>The engine defines one property at a time through its general tables, and asks each character of a string for its
 * encoding; that is nine tenths of the time of a server that echoes JSON.
 */
public final class JsonBuiltins {
    private final JSFunctionObject engineParse;
    private final JSFunctionObject engineStringify;
    private final JsonParser parser;
    private final JsonWriter writer;

    private JsonBuiltins(JSRealm realm, JSObject json) {
        engineParse = (JSFunctionObject) JSObject.get(json, Strings.fromJavaString("parse"));
        engineStringify =
                (JSFunctionObject) JSObject.get(json, Strings.fromJavaString("stringify"));
        parser = new JsonParser(realm);
        writer = new JsonWriter();
    }

    /** Replaces them in the context that is entered on this thread. */
    public static void install() {
        JSRealm realm = JSRealm.get(null);
        JSObject json =
                (JSObject) JSObject.get(realm.getGlobalObject(), Strings.fromJavaString("JSON"));
        JsonBuiltins builtins = new JsonBuiltins(realm, json);
        HostFunctions.replaceMethod(
                realm, json, "parse", 2, (r, arguments) -> builtins.parse(json, arguments));
        HostFunctions.replaceMethod(
                realm, json, "stringify", 3, (r, arguments) -> builtins.stringify(json, arguments));
    }

    private Object parse(JSObject json, Object[] arguments) {
        if (arguments.length > 0
                && arguments[0] instanceof TruffleString text
                && isAbsent(arguments, 1)) {
            try {
                return parser.parse(Strings.toJavaString(text));
            } catch (NotPlain giveUp) {
                // the engine's parser knows, or says what is wrong
            }
        }
        return JSFunction.call(JSArguments.create(json, engineParse, arguments));
    }

    private Object stringify(JSObject json, Object[] arguments) {
        if (arguments.length > 0 && isAbsent(arguments, 1) && isAbsent(arguments, 2)) {
            try {
                return writer.write(arguments[0]);
            } catch (NotPlain giveUp) {
                // the engine's function calls what has to be called
            }
        }
        return JSFunction.call(JSArguments.create(json, engineStringify, arguments));
    }

    private static boolean isAbsent(Object[] arguments, int index) {
        return arguments.length <= index || arguments[index] == Undefined.instance;
    }
}
