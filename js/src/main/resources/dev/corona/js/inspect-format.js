FORMAT
    // ---- format ----------------------------------------------------------------------------------------------------

    /** Whether String(value) would run a method that a user wrote. */
    function hasOwnText(value) {
        const methods = [Symbol.toPrimitive, 'toString'].map((key) => dataProperty(value, key));
        return methods.some((method) => typeof method === 'function' && !isNative(method));
    }

    function asString(value) {
        if (typeof value === 'number') return numberText(value, false);
        if (typeof value === 'bigint') return bigintText(value, false);
        if (!isObject(value)) return String(value);
        const target = behindProxies(value);
        try {
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
            return /circular|cyclic/i.test(messageOf(error)) ? '[Circular]' : `<Inspection threw (${messageOf(error)})>`;
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
        c: () => '',
    };

    /** The values as one line of text: the first may be a template, the others follow it after a space each. */
    function formatWithOptions(options, ...values) {
        let text = '';
        let next = 0;
        if (typeof values[0] === 'string') {
            next = 1;
            text = values[0];
            if (values.length > 1 && text.includes('%')) {
                text = text.replace(/%([sjdifoOc%])/g, (directive, letter) => {
                    if (letter === '%') return '%';
                    return next < values.length ? DIRECTIVES[letter](values[next++], options) : directive;
                });
            }
        }
        const rest = values.slice(next).map((value) => (typeof value === 'string' ? value : inspect(value, options)));
        return next === 0 ? rest.join(' ') : [text, ...rest].join(' ');
    }

    function format(...values) {
        return formatWithOptions({ colors: Boolean(host?.color) }, ...values);
    }

    /** The value's text. `options` may also be the old list (showHidden, depth, colors). */
    function inspect(value, options, ...old) {
        if (typeof options === 'boolean') {
            options = { showHidden: options };
            if (old[0] !== undefined) options.depth = old[0];
            if (old[1] !== undefined) options.colors = old[1];
        }
        return new Inspection(options ?? {}).value(value, 0);
    }

    Object.assign(inspect, { custom: CUSTOM, defaultOptions: DEFAULTS, styles: STYLES, colors: COLORS });
    return { inspect, format, formatWithOptions };
})
