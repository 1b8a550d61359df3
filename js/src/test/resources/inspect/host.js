/*
 * A host for the tests, in plain JavaScript: it knows what it saw made. Load it before the code that makes the values.
 * Evaluates to {host, watch}; watch(value) follows the promises in a value, whose states are known once the promise
 * jobs have run.
 */
(function () {
    'use strict';

    const proxies = new WeakMap();
    const promises = new WeakMap();
    const iterators = new WeakMap();

    const RealProxy = globalThis.Proxy;
    globalThis.Proxy = function Proxy(target, handler) {
        const proxy = new RealProxy(target, handler);
        proxies.set(proxy, [target, handler]);
        return proxy;
    };
    globalThis.Proxy.revocable = (target, handler) => {
        const { proxy, revoke } = RealProxy.revocable(target, handler);
        proxies.set(proxy, [target, handler]);
        const forget = () => {
            revoke();
            proxies.set(proxy, [null, null]);
        };
        return { proxy, revoke: forget };
    };

    for (const type of [Map, Set]) {
        for (const method of ['keys', 'values', 'entries']) {
            const real = type.prototype[method];
            type.prototype[method] = function () {
                const iterator = real.call(this);
                iterators.set(iterator, { all: () => [...real.call(this)], taken: 0, pairs: method === 'entries' });
                return iterator;
            };
        }
        const prototype = Object.getPrototypeOf(new type().keys());
        const { next } = prototype;
        prototype.next = function () {
            if (iterators.has(this)) iterators.get(this).taken++;
            return next.call(this);
        };
    }

    function watch(value, depth = 4) {
        if (value === null || typeof value !== 'object' || depth === 0 || proxies.has(value)) return;
        if (value instanceof Promise && !promises.has(value)) {
            promises.set(value, ['pending']);
            value.then(
                (result) => promises.set(value, ['fulfilled', result]),
                (reason) => promises.set(value, ['rejected', reason]),
            );
        }
        for (const { value: inner } of Object.values(Object.getOwnPropertyDescriptors(value))) watch(inner, depth - 1);
    }

    const host = {
        isPromise: (object) => promises.has(object),
        promiseState: (promise) => promises.get(promise),
        isProxy: (object) => proxies.has(object),
        proxyDetails: (proxy) => proxies.get(proxy),
        iteratorEntries: (iterator) => {
            const made = iterators.get(iterator);
            return made && { items: made.all().slice(made.taken), pairs: made.pairs };
        },
    };
    return { host, watch };
})()
