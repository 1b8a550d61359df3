/*
 * The formatting half of `format`, for values that need more than their own text.
 * Evaluates to a function of the host, `inspect`, and what inspect-kinds.js and inspect-text.js give.
 */
(function (host, inspect, kinds, texts) {
    'use strict';

    const { isObject, dataProperty, behindProxies, messageOf, isNative } = kinds;
    const { numberText, bigintText } = texts;

    /** Whether String(value) would run a method that a user wrote. */
    function hasOwnText(value) {
        const methods = [Symbol.toPrimitive, 'toString'].map((key) => dataProperty(value, key));
        return methods.some((method) => typeof method === 'function' && !isNative(method));
    }

    function asString(value) {
        if (typeof value === 'number') return numberText(value, false);
        if (typeof value === 'bigint') return bigintText(value, false);
        if (!isObject(value)) return String(value);
        try {
            const target = host?.isHostObject?.(value) ? null : behindProxies(value);
            if (target !== null && (typeof target === 'function' || hasOwnText(target))) return String(target);
        } catch (error) {
            return `<Inspection threw (${messageOf(error)})>`;
        }
        return inspect(value, { depth: 0, colors: false, compact: 3 });
    }

    function asJson(value) {
        try {
            return String(JSON.stringify(value));
        } catch (error) {
            const message = messageOf(error);
            return /circular|cyclic/i.test(message) ? '[Circular]' : `<Inspection threw (${message})>`;
        }
    }

    function asNumber(value, convert) {
        if (typeof value === 'symbol') return 'NaN';
        try {
            return numberText(convert(value), false);
        } catch {
            return 'NaN';
        }
    }

    const DIRECTIVES = {
        s: asString,
        j: asJson,
        d: (value) => (typeof value === 'bigint' ? bigintText(value) : asNumber(value, Number)),
        i: (value) => (typeof value === 'bigint' ? bigintText(value) : asNumber(value, Number.parseInt)),
        f: (value) => asNumber(value, Number.parseFloat),
        o: (value, options) => inspect(value, { ...options, showHidden: true, showProxy: true, depth: 4 }),
        O: (value, options) => inspect(value, options),
        c: () => '', // styles are for browsers
    };

    /** The first value may be a template, whose directives take the next values; the rest follows after spaces. */
    return function format(options, values) {
        let text = '';
        let next = 0;
        if (typeof values[0] === 'string') {
            text = values[0];
            next = 1;
            if (values.length > 1 && text.includes('%')) {
                text = text.replace(/%([sjdifoOc%])/g, (directive, letter) => {
                    if (letter === '%') return '%';
                    return next < values.length ? DIRECTIVES[letter](values[next++], options) : directive;
                });
            }
        }
        const rest = values.slice(next).map((value) => (typeof value === 'string' ? value : inspect(value, options)));
        return next === 0 ? rest.join(' ') : [text, ...rest].join(' ');
    };
})
