package dev.corona.js.graal;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.source.Source;
import com.oracle.truffle.js.nodes.ScriptNode;
import com.oracle.truffle.js.runtime.Evaluator;
import com.oracle.truffle.js.runtime.JSArguments;
import com.oracle.truffle.js.runtime.JSException;
import com.oracle.truffle.js.runtime.JSRealm;
import com.oracle.truffle.js.runtime.JSRuntime;
import com.oracle.truffle.js.runtime.JavaScriptRootNode;
import com.oracle.truffle.js.runtime.Strings;
import com.oracle.truffle.js.runtime.builtins.JSFunction;
import com.oracle.truffle.js.runtime.builtins.JSFunctionData;
import com.oracle.truffle.js.runtime.builtins.JSFunctionObject;
import com.oracle.truffle.js.runtime.builtins.JSPromiseObject;
import com.oracle.truffle.js.runtime.objects.JSObject;
import com.oracle.truffle.js.runtime.objects.PropertyDescriptor;

import java.util.List;
import java.util.function.BiFunction;

/** JavaScript functions that are written in Java on the engine's own objects. */
public final class HostFunctions {
    /** What stands around a CommonJS module; the engine does not count it in lines and columns. */
    public static final String WRAPPER_HEAD =
            "(function (exports, require, module, __filename, __dirname) {";

    private static final String WRAPPER_TAIL = "\n})";

    private HostFunctions() {}

    /**
     * Puts on the global object's property {@code name} what the runtime's scripts need of the engine: {@code compile(id,
     * text)}, the function of (exports, require, module, __filename, __dirname) that a CommonJS module is, and {@code
     * isHandled(promise)}, whether anything handles its rejection.
     */
    public static void defineOn(String name) {
        JSRealm realm = JSRealm.get(null);
        JSObject holder = holder(realm, name);
        define(realm, holder, "compile", 2, HostFunctions::compile);
        define(
                realm,
                holder,
                "isHandled",
                1,
                (r, arguments) -> ((JSPromiseObject) arguments[0]).isHandled());
    }

    private static Object compile(JSRealm realm, Object[] arguments) {
        String id = arguments[0].toString();
        String text = arguments[1].toString();
        Evaluator evaluator = realm.getContext().getEvaluator();
        ScriptNode script;
        try {
            script =
                    evaluator.parseScript(
                            realm.getContext(),
                            sourceOf(id, text),
                            WRAPPER_HEAD,
                            WRAPPER_TAIL,
                            false,
                            List.of());
        } catch (JSException | IllegalArgumentException e) {
            // the engine looks for the place of a syntax error without regard to what stands before
            // the text
            script =
                    evaluator.parseScript(
                            realm.getContext(), sourceOf(id, WRAPPER_HEAD + text + WRAPPER_TAIL));
        }
        return script.run(realm);
    }

    private static Source sourceOf(String id, String text) {
        return Source.newBuilder("js", text, id).build();
    }

    /** The object that is the global object's property {@code name}. */
    static JSObject holder(JSRealm realm, String name) {
        return (JSObject) JSObject.get(realm.getGlobalObject(), Strings.fromJavaString(name));
    }

    /** Puts a function on {@code holder}; {@code body} is given all arguments of a call. */
    static void define(
            JSRealm realm,
            JSObject holder,
            String name,
            int arity,
            BiFunction<JSRealm, Object[], Object> body) {
        JSObject.set(holder, Strings.fromJavaString(name), function(realm, name, arity, body));
    }

    /** Replaces a method of one of the language's own objects: like those, it is not enumerable. */
    public static void replaceMethod(
            JSRealm realm,
            JSObject holder,
            String name,
            int arity,
            BiFunction<JSRealm, Object[], Object> body) {
        JSRuntime.definePropertyOrThrow(
                holder,
                Strings.fromJavaString(name),
                PropertyDescriptor.createData(
                        function(realm, name, arity, body), false, true, true));
    }

    private static JSFunctionObject function(
            JSRealm realm, String name, int arity, BiFunction<JSRealm, Object[], Object> body) {
        JSFunctionData data =
                JSFunctionData.createCallOnly(
                        realm.getContext(),
                        new HostRoot(realm, body).getCallTarget(),
                        arity,
                        Strings.fromJavaString(name));
        return JSFunction.create(realm, data);
    }

    private static final class HostRoot extends JavaScriptRootNode {
        private final BiFunction<JSRealm, Object[], Object> body;

        HostRoot(JSRealm realm, BiFunction<JSRealm, Object[], Object> body) {
            super(realm.getContext().getLanguage());
            this.body = body;
        }

        @Override
        public Object execute(VirtualFrame frame) {
            return call(frame.getArguments());
        }

        @TruffleBoundary
        private Object call(Object[] arguments) {
            return body.apply(getRealm(), JSArguments.extractUserArguments(arguments));
        }
    }
}
