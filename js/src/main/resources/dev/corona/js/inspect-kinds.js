/*
 * What a JavaScript object is, found out without running its code: the reading half of `inspect`.
 * Evaluates to a function of the host (see inspect.js).
 */
(function (host) {
    'use strict';

    // ---- Reading objects without running their code ----------------------------------------------------------------

    const isObject = (value) => value !== null && (typeof value === 'object' || typeof value === 'function');
    const getter = (owner, key) => Object.getOwnPropertyDescriptor(owner, key)?.get;
    const typedArrays = () => Object.getPrototypeOf(Uint8Array.prototype);
    const typedArrayName = (value) => getter(typedArrays(), Symbol.toStringTag).call(value);
    const typedArrayLength = (value) => getter(typedArrays(), 'length').call(value);

    /** The property's value, or undefined where reading it throws. May run a getter: for names only. */
    function nameProperty(object, key) {
        try {
            return object[key];
        } catch {
            return undefined;
        }
    }

    /** The property of the object or its prototypes, if it is plain data. */
    function dataProperty(object, key) {
        for (let holder = object; holder !== null; holder = Object.getPrototypeOf(holder)) {
            const found = Object.getOwnPropertyDescriptor(holder, key);
            if (found) return found.value;
        }
        return undefined;
    }

    /** What a proxy stands for, through any number of proxies; null if one of them was revoked. */
    function behindProxies(value) {
        while (value !== null && host?.isProxy?.(value)) value = host.proxyDetails(value)[0];
        return value;
    }

    function throws(action) {
        try {
            action();
            return false;
        } catch {
            return true;
        }
    }

    function messageOf(error) {
        const message = isObject(error) ? nameProperty(error, 'message') : error;
        return throws(() => String(message)) ? 'an error without text' : String(message);
    }

    function sourceOf(fn) {
        try {
            return Function.prototype.toString.call(fn);
        } catch {
            return '';
        }
    }

    const isNative = (fn) => /\{\s*\[native code\]\s*\}\s*$/.test(sourceOf(fn));

    // ---- Classifying -----------------------------------------------------------------------------------------------

    let brandTable;

    /**
     * Built-in prototypes, each with the kind of its instances and a test that only true instances pass. The tests use
     * methods that look at an object's internal slots before anything else, so they run no user code. Where there is no
     * such method the test is null: inheriting is enough.
     */
    function brands() {
        if (brandTable) return brandTable;
        const by = (method, ...args) => (value) => !throws(() => method.apply(value, args));
        const isGlobal = getter(RegExp.prototype, 'global');
        const isRegExp = (value) => !throws(() => isGlobal.call(value)) && isGlobal.call(value) !== undefined;
        const rows = [
            [Map.prototype, 'map', by(getter(Map.prototype, 'size'))],
            [Set.prototype, 'set', by(getter(Set.prototype, 'size'))],
            [Date.prototype, 'date', by(Date.prototype.valueOf)],
            [RegExp.prototype, 'regexp', isRegExp],
            [Error.prototype, 'error', null],
            [WeakMap.prototype, 'weak', by(WeakMap.prototype.has, {})],
            [WeakSet.prototype, 'weak', by(WeakSet.prototype.has, {})],
            [ArrayBuffer.prototype, 'buffer', by(getter(ArrayBuffer.prototype, 'byteLength'))],
            [Object.getPrototypeOf(new Map().keys()), 'iterator', null],
            [Object.getPrototypeOf(new Set().keys()), 'iterator', null],
        ];
        for (const { prototype } of [Number, String, Boolean, BigInt, Symbol]) {
            rows.push([prototype, 'boxed', by(prototype.valueOf)]);
        }
        if (typeof SharedArrayBuffer === 'function') rows.push([SharedArrayBuffer.prototype, 'buffer', isShared]);
        if (!host?.isPromise) rows.push([Promise.prototype, 'promise', null]);
        brandTable = new Map(rows.map(([prototype, kind, test]) => [prototype, { kind, test }]));
        return brandTable;
    }

    /**
     * The kind of an object. Prototypes only say which brand to test for; an object whose chain does not end at
     * Object.prototype (a changed prototype, another realm) is tested for all of them.
     */
    function kindOf(value) {
        if (Array.isArray(value)) return 'array';
        if (typeof value === 'function') return 'function';
        if (ArrayBuffer.isView(value)) return typedArrayName(value) ? 'typed array' : 'view';
        if (host?.isPromise?.(value)) return 'promise';
        if (isModuleNamespace(value)) return 'module';
        if (isError(value)) return 'error';
        let holder = Object.getPrototypeOf(value);
        for (; holder !== null && holder !== Object.prototype; holder = Object.getPrototypeOf(holder)) {
            const brand = brands().get(holder);
            if (brand && (brand.test === null || brand.test(value))) return brand.kind;
        }
        if (holder === null && value !== Object.prototype) {
            for (const { kind, test } of brands().values()) {
                if (test !== null && test(value)) return kind;
            }
        }
        return isArguments(value) ? 'arguments' : 'object';
    }

    /** Whether the object was made as an error; where the engine cannot say, its default text does. */
    function isError(value) {
        if (Error.isError) return Error.isError(value);
        const text = () => Object.prototype.toString.call(value);
        return !throws(text) && text() === '[object Error]';
    }

    function isShared(value) {
        if (typeof SharedArrayBuffer !== 'function') return false;
        return !throws(() => getter(SharedArrayBuffer.prototype, 'byteLength').call(value));
    }

    function isModuleNamespace(value) {
        if (host?.isModuleNamespace) return host.isModuleNamespace(value);
        if (Object.getPrototypeOf(value) !== null) return false;
        const tag = Object.getOwnPropertyDescriptor(value, Symbol.toStringTag);
        return tag?.value === 'Module' && !tag.writable && !tag.configurable && !Object.isExtensible(value);
    }

    function isArguments(value) {
        const hidden = (key) => Object.getOwnPropertyDescriptor(value, key)?.enumerable === false;
        return hidden('callee') && hidden('length') && hidden(Symbol.iterator);
    }

    return {
        isObject, getter, typedArrayName, typedArrayLength, nameProperty, dataProperty, behindProxies, throws,
        messageOf, sourceOf, isNative, isShared, kindOf,
    };
})
