package dev.corona.js.graal;

import com.oracle.truffle.js.runtime.JSRealm;
import com.oracle.truffle.js.runtime.JSRuntime;
import com.oracle.truffle.js.runtime.Strings;
import com.oracle.truffle.js.runtime.builtins.JSArray;
import com.oracle.truffle.js.runtime.builtins.JSCollectionIteratorObject;
import com.oracle.truffle.js.runtime.builtins.JSMapIteratorObject;
import com.oracle.truffle.js.runtime.builtins.JSModuleNamespace;
import com.oracle.truffle.js.runtime.builtins.JSOrdinary;
import com.oracle.truffle.js.runtime.builtins.JSPromise;
import com.oracle.truffle.js.runtime.builtins.JSPromiseObject;
import com.oracle.truffle.js.runtime.builtins.JSProxy;
import com.oracle.truffle.js.runtime.builtins.JSProxyObject;
import com.oracle.truffle.js.runtime.objects.JSObject;
import com.oracle.truffle.js.runtime.objects.Undefined;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** What inspection needs to know of a value that the language hides from its programs; see {@code inspect.js}. */
public final class Reflection {
    private Reflection() {}

    /** Puts the functions that {@code inspect.js} asks its host for on the global object's property {@code name}. */
    public static void defineOn(String name) {
        JSRealm realm = JSRealm.get(null);
        JSObject host = HostFunctions.holder(realm, name);
        define(realm, host, "isProxy", (r, o) -> JSProxy.isJSProxy(o));
        define(realm, host, "proxyDetails", Reflection::proxyDetails);
        define(realm, host, "isPromise", (r, o) -> JSPromise.isJSPromise(o));
        define(realm, host, "promiseState", Reflection::promiseState);
        define(
                realm,
                host,
                "isModuleNamespace",
                (r, o) -> JSModuleNamespace.isJSModuleNamespace(o));
        define(realm, host, "iteratorEntries", Reflection::iteratorEntries);
        define(realm, host, "isHostObject", (r, o) -> r.getEnv().isHostObject(o));
        define(
                realm,
                host,
                "hostToString",
                (r, o) ->
                        Strings.fromJavaString(
                                "[Java "
                                        + r.getEnv().asHostObject(o).getClass().getSimpleName()
                                        + "]"));
    }

    private static Object proxyDetails(JSRealm realm, Object value) {
        JSProxyObject proxy = (JSProxyObject) value;
        return array(realm, JSProxy.getTarget(proxy), JSProxy.getHandler(proxy));
    }

    private static Object promiseState(JSRealm realm, Object value) {
        JSPromiseObject promise = (JSPromiseObject) value;
        int state = promise.getPromiseState();
        if (state == JSPromise.PENDING) return array(realm, Strings.fromJavaString("pending"));
        String name = state == JSPromise.FULFILLED ? "fulfilled" : "rejected";
        return array(realm, Strings.fromJavaString(name), promise.getPromiseResult());
    }

    private static Object iteratorEntries(JSRealm realm, Object value) {
        if (!(value instanceof JSCollectionIteratorObject iterator)) return Undefined.instance;
        int kind = iterator.getIterationKind();
        JSObject result = JSOrdinary.create(realm.getContext(), realm);
        JSObject.set(
                result,
                Strings.fromJavaString("items"),
                array(realm, remaining(realm, iterator, kind)));
        JSObject.set(
                result,
                Strings.fromJavaString("pairs"),
                kind == JSRuntime.ITERATION_KIND_KEY_PLUS_VALUE);
        return result;
    }

    private static Object[] remaining(
            JSRealm realm, JSCollectionIteratorObject iterator, int kind) {
        List<Object> items = new ArrayList<>();
        if (iterator.getIteratedObject() == Undefined.instance || iterator.getNextIndex() == null)
            return new Object[0];
        var cursor = iterator.getNextIndex().copy();
        boolean isMap = iterator instanceof JSMapIteratorObject;
        while (cursor.advance()) {
            Object key = cursor.getKey();
            Object item = isMap ? cursor.getValue() : key;
            if (kind == JSRuntime.ITERATION_KIND_KEY) items.add(key);
            else if (kind == JSRuntime.ITERATION_KIND_VALUE) items.add(item);
            else items.add(array(realm, key, item));
        }
        return items.toArray();
    }

    private static Object array(JSRealm realm, Object... items) {
        return JSArray.createConstantObjectArray(realm.getContext(), realm, items);
    }

    private static void define(
            JSRealm realm, JSObject holder, String name, BiFunction<JSRealm, Object, Object> body) {
        HostFunctions.define(
                realm,
                holder,
                name,
                1,
                (r, arguments) ->
                        body.apply(r, arguments.length > 0 ? arguments[0] : Undefined.instance));
    }
}
