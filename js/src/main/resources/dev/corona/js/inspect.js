/*
 * The text of JavaScript values as `console.log` prints it: `inspect(value, options)` and `format(...values)`.
 *
 * The notation is the one that Node users read without thinking, so its rules (what shares a line, where columns
 * start, which brackets mean what) follow the output of Node 20; the tests compare the two.
 *
 * How it works. An Inspection walks a value once. Each object is first *classified* (kindOf: by brand, never by its
 * constructor's name), then *shaped* (brackets, the text before them, and the function that yields the entries), and
 * last its entries are *laid out* on one line, in columns, or one per line. User code runs in three places only: a
 * function under Symbol.for('nodejs.util.inspect.custom'), the names of a thing (Symbol.toStringTag, an error's name,
 * message and stack), and getters if the option `getters` asks for it. What user code throws is printed in the
 * value's place.
 *
 * What the language hides from itself comes from `host`; every member is optional:
 *   isPromise(o), promiseState(p) -> ['pending'] | ['fulfilled', value] | ['rejected', reason]
 *   isProxy(o), proxyDetails(p) -> [target, handler], both null if it was revoked
 *   isModuleNamespace(o), isHostObject(o), hostToString(o)
 *   iteratorEntries(i) -> {items, pairs} of what a Map or Set iterator has still to give; pairs: items are [key, value]
 *   color: whether `format` uses colours
 */
(function (host) {
    'use strict';

    const CUSTOM = Symbol.for('nodejs.util.inspect.custom');
    const DEFAULTS = {
        showHidden: false, depth: 2, colors: false, customInspect: true, showProxy: false, maxArrayLength: 100,
        maxStringLength: 10000, breakLength: 80, compact: 3, sorted: false, getters: false, numericSeparator: false,
    };
    const STYLES = {
        special: 'cyan', number: 'yellow', bigint: 'yellow', boolean: 'yellow', undefined: 'gray', null: 'bold',
        string: 'green', symbol: 'green', date: 'magenta', regexp: 'red', module: 'underline',
    };
    /** SGR codes that begin and end each effect. */
    const COLORS = {
        reset: [0, 0], bold: [1, 22], dim: [2, 22], italic: [3, 23], underline: [4, 24], inverse: [7, 27],
        black: [30, 39], red: [31, 39], green: [32, 39], yellow: [33, 39], blue: [34, 39], magenta: [35, 39],
        cyan: [36, 39], white: [37, 39], gray: [90, 39], grey: [90, 39], redBright: [91, 39], greenBright: [92, 39],
        yellowBright: [93, 39], blueBright: [94, 39], magentaBright: [95, 39], cyanBright: [96, 39],
    };

    // ---- Reading objects without running their code ----------------------------------------------------------------

    const isObject = (value) => value !== null && (typeof value === 'object' || typeof value === 'function');
    const getter = (owner, key) => Object.getOwnPropertyDescriptor(owner, key)?.get;

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
        try {
            return String(message);
        } catch {
            return 'an error without text';
        }
    }

    // ---- Classifying -----------------------------------------------------------------------------------------------

    let brandTable;

    /**
     * Built-in prototypes, each with the kind of its instances and a test that only true instances pass. The tests use
     * methods that look at an object's internal slots before anything else, so they run no user code.
     */
    function brands() {
        if (brandTable) return brandTable;
        const by = (method, ...args) => (o) => !throws(() => method.apply(o, args));
        const boxed = (prototype) => [prototype, 'boxed', by(prototype.valueOf)];
        const isGlobal = getter(RegExp.prototype, 'global');
        const key = {};
        const rows = [
            [Map.prototype, 'map', by(getter(Map.prototype, 'size'))],
            [Set.prototype, 'set', by(getter(Set.prototype, 'size'))],
            [Date.prototype, 'date', by(Date.prototype.valueOf)],
            [RegExp.prototype, 'regexp', (o) => !throws(() => isGlobal.call(o)) && isGlobal.call(o) !== undefined],
            [Error.prototype, 'error', () => true],
            [Promise.prototype, 'promise', () => !host?.isPromise],
            [WeakMap.prototype, 'weak', by(WeakMap.prototype.has, key)],
            [WeakSet.prototype, 'weak', by(WeakSet.prototype.has, key)],
            [ArrayBuffer.prototype, 'buffer', by(getter(ArrayBuffer.prototype, 'byteLength'))],
            [Object.getPrototypeOf(new Map().keys()), 'iterator', () => true],
            [Object.getPrototypeOf(new Set().keys()), 'iterator', () => true],
            ...[Number, String, Boolean, BigInt, Symbol].map((type) => boxed(type.prototype)),
        ];
        if (typeof SharedArrayBuffer === 'function') {
            const size = getter(SharedArrayBuffer.prototype, 'byteLength');
            rows.push([SharedArrayBuffer.prototype, 'buffer', by(size)]);
        }
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
        if (Object.prototype.toString.call(value) === '[object Error]' || Error.isError?.(value)) return 'error';
        let holder = Object.getPrototypeOf(value);
        for (; holder !== null && holder !== Object.prototype; holder = Object.getPrototypeOf(holder)) {
            const brand = brands().get(holder);
            if (brand?.test(value)) return brand.kind;
        }
        if (holder === null && value !== Object.prototype) return strayKindOf(value);
        return isArguments(value) ? 'arguments' : 'object';
    }

    function strayKindOf(value) {
        for (const { kind, test } of brands().values()) {
            if (test.length > 0 && test(value)) return kind;
        }
        return 'object';
    }

    function typedArrayName(value) {
        return getter(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).call(value);
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

    // ---- Strings and numbers ---------------------------------------------------------------------------------------

    /** Regular expression flags in the order in which they are written. */
    const FLAGS = [
        ['d', 'hasIndices'], ['g', 'global'], ['i', 'ignoreCase'], ['m', 'multiline'], ['s', 'dotAll'],
        ['u', 'unicode'], ['v', 'unicodeSets'], ['y', 'sticky'],
    ];
    const ESCAPES = { '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r', '\\': '\\\\' };

    function escaped(char, quote) {
        if (char === quote) return '\\' + quote;
        if (ESCAPES[char]) return ESCAPES[char];
        const code = char.charCodeAt(0);
        if (code >= 0xd800) return '\\u' + code.toString(16);
        return '\\x' + code.toString(16).toUpperCase().padStart(2, '0');
    }

    /** The string as a literal, in the first kind of quotes that it does not contain. */
    function quoted(text) {
        let quote = "'";
        if (text.includes("'")) {
            if (!text.includes('"')) quote = '"';
            else if (!text.includes('`') && !text.includes('${')) quote = '`';
        }
        const unsafe = /[\x00-\x1f\x7f-\x9f\\'"`]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
        const body = text.replace(unsafe, (char) => (/['"`]/.test(char) && char !== quote ? char : escaped(char, quote)));
        return quote + body + quote;
    }

    function numberText(number, separated) {
        if (!separated) return Object.is(number, -0) ? '-0' : `${number}`;
        const text = String(number);
        if (!/^-?\d+(\.\d+)?$/.test(text)) return text;
        const [whole, fraction] = text.split('.');
        const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '_');
        return fraction === undefined ? grouped : `${grouped}.${fraction.replace(/\d{3}(?=\d)/g, '$&_')}`;
    }

    function bigintText(bigint, separated) {
        const text = String(bigint);
        return `${separated ? text.replace(/\B(?=(\d{3})+$)/g, '_') : text}n`;
    }

    const withoutColors = (text) => text.replace(/\x1b\[\d+m/g, '');
    const WIDE = /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;

    /** The number of terminal columns that the text takes. */
    function width(text, colored) {
        if (colored) text = withoutColors(text);
        if (/^[\x20-\x7e]*$/.test(text)) return text.length;
        let columns = 0;
        for (const char of text.normalize('NFC')) {
            if (WIDE.test(char)) columns += 2;
            else if (!/[\p{Cc}\p{Mn}\p{Me}\p{Cf}]/u.test(char)) columns += 1;
        }
        return columns;
    }

    const plural = (count, noun) => `${count} ${noun}${count === 1 ? '' : 's'}`;
    const moreItems = (count) => `... ${plural(count, 'more item')}`;
    const isIndex = (key) => typeof key === 'string' && /^(0|[1-9]\d{0,9})$/.test(key) && key < 4294967295;

    // ---- One call of inspect ---------------------------------------------------------------------------------------

    /**
     * The state of one call. `open` holds the objects around the one being printed; `circular` numbers those that were
     * met again inside themselves; `indent` is the column where a broken line would start; `lastLevel` is the nesting
     * of the object visited last, by which the layout knows how deep the value just printed goes.
     */
    class Inspection {
        constructor(options) {
            this.given = options;
            this.options = { ...DEFAULTS, ...options };
            const limit = (name) => (this.options[name] === null ? Infinity : Math.max(0, this.options[name]));
            this.maxItems = limit('maxArrayLength');
            this.maxText = limit('maxStringLength');
            this.depth = this.options.depth === null ? Infinity : this.options.depth;
            this.open = [];
            this.circular = null;
            this.indent = 0;
            this.lastLevel = 0;
        }

        style(text, kind) {
            const codes = this.options.colors ? COLORS[STYLES[kind]] : undefined;
            return codes ? `\x1b[${codes[0]}m${text}\x1b[${codes[1]}m` : text;
        }

        special(text) {
            return this.style(text, 'special');
        }

        /** Runs the action with broken lines starting that many columns further right. */
        indented(columns, action) {
            this.indent += columns;
            try {
                return action();
            } finally {
                this.indent -= columns;
            }
        }

        /** The text of any value; `level` is the number of objects around it. */
        value(value, level, inView = false) {
            if (!isObject(value)) return this.primitive(value);
            const nesting = this.open.length;
            try {
                return this.object(value, level, inView);
            } catch (error) {
                this.open.length = nesting;
                if (error instanceof RangeError && /call stack/i.test(messageOf(error))) {
                    return this.special('[Object: Inspection interrupted prematurely. Maximum call stack size exceeded.]');
                }
                return this.special(`<Inspection threw (${messageOf(error)})>`);
            }
        }

        primitive(value) {
            switch (typeof value) {
                case 'string':
                    return this.string(value);
                case 'number':
                    return this.style(numberText(value, this.options.numericSeparator), 'number');
                case 'bigint':
                    return this.style(bigintText(value, this.options.numericSeparator), 'bigint');
                default:
                    return this.style(String(value), value === null ? 'null' : typeof value);
            }
        }

        /** A string literal; a long one is broken after its line ends. */
        string(text) {
            let rest = '';
            if (text.length > this.maxText) {
                rest = `... ${plural(text.length - this.maxText, 'more character')}`;
                text = text.slice(0, this.maxText);
            }
            const fits = text.length <= 16 || text.length <= this.options.breakLength - this.indent - 4;
            if (this.options.compact === true || fits) return this.style(quoted(text), 'string') + rest;
            const lines = text.split(/(?<=\n)/).map((line) => this.style(quoted(line), 'string'));
            return lines.join(` +\n${' '.repeat(this.indent + 2)}`) + rest;
        }

        object(value, level, inView) {
            if (host?.isHostObject?.(value)) return String(host.hostToString ? host.hostToString(value) : value);
            const met = value;
            if (host?.isProxy?.(value)) {
                const target = behindProxies(value);
                if (target === null) return this.special('<Revoked Proxy>');
                if (this.options.showProxy) return this.proxy(value, level);
                value = target;
            }
            const custom = this.options.customInspect ? this.custom(value, met, level) : undefined;
            if (custom !== undefined) return custom;
            if (this.open.includes(value)) {
                this.circular ??= new Map();
                if (!this.circular.has(value)) this.circular.set(value, this.circular.size + 1);
                return this.special(`[Circular *${this.circular.get(value)}]`);
            }
            return this.plainObject(value, level, inView);
        }

        proxy(value, level) {
            if (level > this.depth) return this.special('Proxy [Array]');
            const parts = this.indented(2, () => host.proxyDetails(value).map((part) => this.value(part, level + 1)));
            return this.layOut({ open: 'Proxy [', close: ']', text: '', list: true }, parts, level);
        }

        /** What the object's own inspect function says, or undefined if it has none or leaves the work to us. */
        custom(value, met, level) {
            const method = value[CUSTOM];
            if (typeof method !== 'function' || method === inspect) return undefined;
            const constructor = dataProperty(value, 'constructor');
            if (typeof constructor === 'function' && dataProperty(constructor, 'prototype') === value) return undefined;
            const depth = this.options.depth === null ? null : this.depth - level;
            const stylize = (text, kind) => this.style(`${text}`, kind);
            const result = method.call(met, depth, { stylize, ...this.options, ...this.given, stylize }, inspect);
            if (result === met) return undefined;
            if (typeof result === 'object') return this.value(result, level);
            return String(result).replaceAll('\n', `\n${' '.repeat(this.indent)}`);
        }

        plainObject(value, level, inView) {
            const shape = this.shape(value, level, inView);
            if (typeof shape === 'string') return shape;
            if (level > this.depth) return this.special(`[${shape.name}]`);
            this.open.push(value);
            this.lastLevel = level;
            const entries = shape.body ? shape.body(level + 1) : [];
            const first = entries.length;
            for (const key of shape.keys) entries.push(this.property(value, key, level + 1, shape.list));
            for (const [key, holder] of shape.inherited) {
                entries.push(this.property(holder, key, level + 1, shape.list, true));
            }
            this.open.pop();
            const number = this.circular?.get(value);
            if (number !== undefined) {
                const reference = this.special(`<ref *${number}>`);
                if (this.options.compact === true) shape.open = `${reference} ${shape.open}`;
                else shape.text = shape.text === '' ? reference : `${reference} ${shape.text}`;
            }
            return this.layOut(shape, this.sort(entries, shape.list ? first : 0), level);
        }

        sort(entries, from) {
            const { sorted } = this.options;
            if (!sorted) return entries;
            const tail = entries.slice(from).sort(typeof sorted === 'function' ? sorted : undefined);
            return [...entries.slice(0, from), ...tail];
        }

        // ---- Names -------------------------------------------------------------------------------------------------

        /** The name of the class that made the object; null if its prototype is null. */
        constructorName(value, level) {
            const first = Object.getPrototypeOf(value);
            for (let holder = value; holder !== null; holder = Object.getPrototypeOf(holder)) {
                const constructor = Object.getOwnPropertyDescriptor(holder, 'constructor')?.value;
                if (typeof constructor !== 'function') continue;
                const name = dataProperty(constructor, 'name');
                const prototype = dataProperty(constructor, 'prototype');
                const made = isObject(prototype) && Object.prototype.isPrototypeOf.call(prototype, value);
                if (typeof name === 'string' && name !== '' && made) return name;
            }
            if (first === null) return null;
            if (level > this.depth) return 'Object <Complex prototype>';
            const inner = this.constructorName(first, level + 1);
            if (inner !== null) return `Object <${inner}>`;
            const options = { ...this.options, customInspect: false, depth: -1 };
            return `Object <${new Inspection(options).value(first, 0)}>`;
        }

        /** The object's Symbol.toStringTag, unless it is empty or will be printed among the properties. */
        tag(value) {
            const tag = nameProperty(value, Symbol.toStringTag);
            if (typeof tag !== 'string' || tag === '') return '';
            const own = Object.getOwnPropertyDescriptor(value, Symbol.toStringTag);
            return own && (own.enumerable || this.options.showHidden) ? '' : tag;
        }

        /** Own keys that are printed; for a list those that are not items. */
        keys(value, list) {
            let keys = Reflect.ownKeys(value);
            // Own keys come as indices, strings, symbols.
            if (list) keys = keys.slice(keys.findLastIndex(isIndex) + 1);
            if (this.options.showHidden) return keys;
            return keys.filter((key) => {
                try {
                    return Object.getOwnPropertyDescriptor(value, key)?.enumerable;
                } catch {
                    return true;
                }
            });
        }

        /** With showHidden: the accessors that an instance has from its classes, as [key, holder]. */
        inherited(value, keys) {
            if (!this.options.showHidden || keys.includes('constructor')) return [];
            const found = [];
            const seen = new Set(Reflect.ownKeys(value));
            for (let holder = Object.getPrototypeOf(value); holder; holder = Object.getPrototypeOf(holder)) {
                const maker = dataProperty(holder, 'constructor');
                if (typeof maker !== 'function' || isNative(maker)) break;
                for (const key of Reflect.ownKeys(holder)) {
                    const descriptor = Object.getOwnPropertyDescriptor(holder, key);
                    if (key === 'constructor' || seen.has(key) || typeof descriptor.value === 'function') continue;
                    seen.add(key);
                    found.push([key, holder]);
                }
            }
            return found;
        }

        // ---- Shapes ------------------------------------------------------------------------------------------------

        /**
         * How an object is written: `text open entries close`. `body(level)` yields the entries that are not
         * properties; `list` says that entries are items, which may stand in columns. A string is a finished result.
         */
        shape(value, level, inView) {
            const kind = kindOf(value);
            const maker = this.constructorName(value, level);
            const tag = this.tag(value);
            const list = kind === 'array' || kind === 'typed array';
            const keys = this.keys(value, list);
            const inherited = kind === 'object' ? this.inherited(value, keys) : [];
            const title = (fallback, size = '') => {
                const suffix = tag !== '' && tag !== (maker ?? fallback) ? ` [${tag}]` : '';
                return (maker === null ? `[${fallback}${size}: null prototype]` : maker + size) + suffix;
            };
            const name = title('Object').replace(/^\[(.*: null prototype)\]$/, '$1');
            const shape = { name, open: '{', close: '}', text: '', body: null, keys, inherited, list };
            const subject = { value, maker, tag, title, keys, shape, level, inView };
            return this[SHAPERS[kind]](subject);
        }

        shapeArray({ value, maker, tag, title, keys, shape }) {
            const size = value.length;
            const prefix = maker !== 'Array' || tag !== '' ? `${title('Array', `(${size})`)} ` : '';
            if (size === 0 && keys.length === 0) return `${prefix}[]`;
            const items = { numeric: true };
            return { ...shape, open: `${prefix}[`, close: ']', items, body: (level) => this.items(value, level, items) };
        }

        shapeTypedArray({ value, title, keys, shape }) {
            const fallback = typedArrayName(value);
            const size = getter(Object.getPrototypeOf(Uint8Array.prototype), 'length').call(value);
            const prefix = title(fallback, `(${size})`);
            if (size === 0 && keys.length === 0 && !this.options.showHidden) return `${prefix} []`;
            const body = (level) => {
                const shown = Math.min(size, this.maxItems);
                const entries = Array.from({ length: shown }, (_, index) => this.primitive(value[index]));
                if (size > shown) entries.push(moreItems(size - shown));
                if (this.options.showHidden) entries.push(...this.viewFields(value, level));
                return entries;
            };
            const items = { numeric: !this.options.showHidden };
            return { ...shape, open: `${prefix} [`, close: ']', items, body };
        }

        viewFields(value, level) {
            const fields = ['BYTES_PER_ELEMENT', 'length', 'byteLength', 'byteOffset', 'buffer'];
            return this.indented(2, () => fields.map((key) => `[${key}]: ${this.value(value[key], level, true)}`));
        }

        shapeSet({ value, title, keys, shape }) {
            const size = getter(Set.prototype, 'size').call(value);
            const prefix = title('Set', `(${size})`);
            if (size === 0 && keys.length === 0) return `${prefix} {}`;
            const each = (level) => this.some(Set.prototype.values.call(value), size, (item) => this.value(item, level));
            return { ...shape, open: `${prefix} {`, body: (level) => this.indented(2, () => each(level)) };
        }

        shapeMap({ value, title, keys, shape }) {
            const size = getter(Map.prototype, 'size').call(value);
            const prefix = title('Map', `(${size})`);
            if (size === 0 && keys.length === 0) return `${prefix} {}`;
            const pair = (level) => ([key, item]) => `${this.value(key, level)} => ${this.value(item, level)}`;
            const each = (level) => this.some(Map.prototype.entries.call(value), size, pair(level));
            return { ...shape, open: `${prefix} {`, body: (level) => this.indented(2, () => each(level)) };
        }

        shapeIterator({ value, tag, shape, title, keys }) {
            const entries = host?.iteratorEntries?.(value);
            const body = (level) => {
                if (!entries) return [this.special('<items unknown>')];
                const pair = { open: '[', close: ']', text: '', list: true };
                const lay = (item) => this.layOut(pair, item.map((part) => this.value(part, level)), level - 1);
                const show = entries.pairs ? lay : (item) => this.value(item, level);
                return this.indented(2, () => this.some(entries.items, entries.items.length, show));
            };
            if (tag === '') return this.shapeObject({ value, tag, title, keys, shape });
            const label = entries?.pairs ? tag.replace('Iterator', 'Entries') : tag;
            return { ...shape, open: `[${label}] {`, body };
        }

        shapeArguments({ keys, shape }) {
            return keys.length === 0 ? '[Arguments] {}' : { ...shape, open: '[Arguments] {' };
        }

        shapeObject({ maker, title, keys, shape }) {
            const prefix = title('Object');
            const open = prefix === 'Object' && maker === 'Object' ? '{' : `${prefix} {`;
            return keys.length === 0 && shape.inherited.length === 0 ? `${open}}` : { ...shape, open };
        }

        shapeModule({ shape }) {
            return { ...shape, name: 'Module', open: '[Module: null prototype] {' };
        }

        shapeFunction({ value, maker, tag, keys, shape }) {
            const text = functionText(value, maker, tag);
            return keys.length === 0 ? this.special(text) : { ...shape, text };
        }

        shapeRegExp({ value, title, keys, shape, level }) {
            const source = getter(RegExp.prototype, 'source').call(value);
            const flags = FLAGS.filter(([, name]) => getter(RegExp.prototype, name)?.call(value)).map(([letter]) => letter);
            const text = `${prefixUnless('RegExp', title)}/${source}/${flags.join('')}`;
            return keys.length === 0 || level > this.depth ? this.style(text, 'regexp') : { ...shape, text };
        }

        shapeDate({ value, title, keys, shape }) {
            const invalid = Number.isNaN(Date.prototype.getTime.call(value));
            const moment = invalid ? 'Invalid Date' : Date.prototype.toISOString.call(value);
            const text = prefixUnless('Date', title) + moment;
            return keys.length === 0 ? this.style(text, 'date') : { ...shape, text };
        }

        shapeBoxed(subject) {
            const { value, maker, tag, keys, shape } = subject;
            if (maker === 'Object') return this.shapeObject(subject);
            const type = [Number, String, Boolean, BigInt, Symbol].find((t) => !throws(() => t.prototype.valueOf.call(value)));
            const content = type.prototype.valueOf.call(value);
            const owner = maker === null ? ' (null prototype)' : maker === type.name ? '' : ` (${maker})`;
            const suffix = tag !== '' && tag !== maker ? ` [${tag}]` : '';
            const text = `[${type.name}${owner}: ${new Inspection({}).primitive(content)}]${suffix}`;
            const rest = type === String ? keys.filter((key) => !isIndex(key) || Number(key) >= content.length) : keys;
            return rest.length === 0 ? this.style(text, type.name.toLowerCase()) : { ...shape, text, keys: rest };
        }

        shapeError({ value, maker, tag, title, keys, shape }) {
            const hidden = ['cause', 'errors'].filter((key) => {
                const own = Object.getOwnPropertyDescriptor(value, key);
                return own && !keys.includes(key) && (key === 'cause' || Array.isArray(own.value));
            });
            let stack = errorStack(value);
            const told = (key) => ['name', 'message', 'stack'].includes(key) && stack.includes(ownText(value, key));
            const rest = [...keys.filter((key) => this.options.showHidden || !told(key)), ...hidden];
            stack = titledStack(stack, value, maker, tag, title);
            const cause = rest.includes('cause') ? Object.getOwnPropertyDescriptor(value, 'cause').value : undefined;
            if (isObject(cause) && kindOf(behindProxies(cause) ?? {}) === 'error') {
                stack = withoutSharedFrames(stack, errorStack(cause));
            }
            const message = nameProperty(value, 'message');
            const start = typeof message === 'string' && message !== '' ? Math.max(0, stack.indexOf(message)) : 0;
            const frames = stack.indexOf('\n    at', start);
            if (frames < 0) stack = `[${stack}]`;
            else if (this.options.colors) stack = this.colorFrames(stack, frames);
            const text = stack.replaceAll('\n', `\n${' '.repeat(this.indent)}`);
            return rest.length === 0 ? text : { ...shape, keys: rest, text };
        }

        /** Dims the runtime's own frames and underlines the package that a frame belongs to. */
        colorFrames(stack, frames) {
            const lines = stack.slice(frames + 1).split('\n').map((line) => {
                if (/^\s+at (.+ \()?(node|corona):/.test(line)) return `\x1b[90m${line}\x1b[39m`;
                return line.replace(/([/\\]node_modules[/\\])((?:@[^/\\]+[/\\])?[^/\\]+)/g, '$1\x1b[4m$2\x1b[24m');
            });
            return `${stack.slice(0, frames)}\n${lines.join('\n')}`;
        }

        shapeBuffer({ value, title, shape, inView }) {
            const shared = typeof SharedArrayBuffer === 'function' && !throws(() => getter(SharedArrayBuffer.prototype, 'byteLength').call(value));
            const type = shared ? SharedArrayBuffer : ArrayBuffer;
            const size = getter(type.prototype, 'byteLength').call(value);
            const body = () => {
                const length = `byteLength: ${this.primitive(size)}`;
                return inView ? [length] : [this.bytes(value, size), length];
            };
            return { ...shape, open: `${title(type.name)} {`, body };
        }

        bytes(buffer, size) {
            if (throws(() => new Uint8Array(buffer))) return this.special('(detached)');
            const shown = Math.min(size, this.maxItems);
            const hex = Array.from(new Uint8Array(buffer, 0, shown), (byte) => byte.toString(16).padStart(2, '0'));
            if (size > shown) hex.push(`... ${plural(size - shown, 'more byte')}`);
            return `${this.special('[Uint8Contents]')}: <${hex.join(' ')}>`;
        }

        shapeView({ value, title, shape }) {
            const fields = ['byteLength', 'byteOffset', 'buffer'];
            const field = (key, level) => `${key}: ${this.value(getter(DataView.prototype, key).call(value), level)}`;
            const body = (level) => this.indented(2, () => fields.map((key) => field(key, level)));
            return { ...shape, open: `${title('DataView')} {`, body };
        }

        shapePromise({ value, title, shape }) {
            const body = (level) => {
                const [state, result] = host?.promiseState?.(value) ?? ['state unknown'];
                if (state !== 'fulfilled' && state !== 'rejected') return [this.special(`<${state}>`)];
                const text = this.indented(2, () => this.value(result, level));
                return [state === 'rejected' ? `${this.special('<rejected>')} ${text}` : text];
            };
            return { ...shape, open: `${title('Promise')} {`, body };
        }

        shapeWeak({ value, title, shape }) {
            const fallback = throws(() => WeakMap.prototype.has.call(value, value)) ? 'WeakSet' : 'WeakMap';
            return { ...shape, open: `${title(fallback)} {`, body: () => [this.special('<items unknown>')] };
        }

        // ---- Entries -----------------------------------------------------------------------------------------------

        /** The first items of an iterable, as many as the options allow, and how many are left. */
        some(iterable, size, show) {
            const entries = [];
            for (const item of iterable) {
                if (entries.length >= this.maxItems) break;
                entries.push(show(item));
            }
            if (size > entries.length) entries.push(moreItems(size - entries.length));
            return entries;
        }

        /** An array's items; a run of holes counts as one. Notes in `items` whether all were numbers. */
        items(array, level, items) {
            const entries = [];
            let present = null; // own indices in ascending order, needed from the first hole on
            let index = 0;
            for (let at = 0; index < array.length && entries.length < this.maxItems; ) {
                const own = Object.getOwnPropertyDescriptor(array, index);
                if (own) {
                    items.numeric &&= typeof own.value === 'number' || typeof own.value === 'bigint';
                    entries.push(this.propertyValue(array, own, level, true));
                    index++;
                    continue;
                }
                present ??= Reflect.ownKeys(array).filter(isIndex);
                while (at < present.length && present[at] < index) at++;
                const next = at < present.length ? Number(present[at]) : array.length;
                entries.push(this.style(`<${plural(next - index, 'empty item')}>`, 'undefined'));
                items.numeric = false;
                index = next;
            }
            if (index < array.length) entries.push(moreItems(array.length - index));
            return entries;
        }

        property(object, key, level, list, hidden = false) {
            let own;
            try {
                own = Object.getOwnPropertyDescriptor(object, key) ?? { value: object[key], enumerable: true };
            } catch {
                return `${this.keyText(key, true)}: ${this.special('<uninitialized>')}`; // a module's binding
            }
            let text = this.propertyValue(object, own, level, list);
            const wide = this.options.compact === true && !list && 'value' in own && width(text, this.options.colors) > this.options.breakLength;
            text = (wide ? `\n${' '.repeat(this.indent + 3)}` : ' ') + text;
            return `${this.keyText(key, own.enumerable && !hidden)}:${text}`;
        }

        keyText(key, enumerable) {
            if (typeof key === 'symbol') return `[${this.style(String(key), 'symbol')}]`;
            if (key === '__proto__') return "['__proto__']";
            if (!enumerable) return `[${key}]`;
            return /^[a-zA-Z_]\w*$/.test(key) ? key : this.style(quoted(key), 'string');
        }

        propertyValue(object, own, level, list) {
            if ('value' in own) {
                return this.indented(this.options.compact === true && !list ? 3 : 2, () => this.value(own.value, level));
            }
            if (!own.get) return own.set ? this.special('[Setter]') : this.style('undefined', 'undefined');
            const label = own.set ? 'Getter/Setter' : 'Getter';
            const { getters } = this.options;
            const wanted = getters === true || getters === (own.set ? 'set' : 'get');
            return wanted ? this.gotten(object, own, label, level) : this.special(`[${label}]`);
        }

        gotten(object, own, label, level) {
            let text;
            try {
                const value = own.get.call(object);
                const inner = this.indented(2, () => this.value(value, level));
                if (isObject(value)) return `${this.special(`[${label}]`)} ${inner}`;
                text = inner;
            } catch (error) {
                text = `<Inspection threw (${messageOf(error)})>`;
            }
            return `${this.special(`[${label}:`)} ${text}${this.special(']')}`;
        }

        // ---- Layout ------------------------------------------------------------------------------------------------

        /** Puts the entries on one line, in columns, or one below the other. */
        layOut(shape, entries, level) {
            const { compact } = this.options;
            const newline = `\n${' '.repeat(this.indent)}`;
            if (compact === true) return this.layOutTightly(shape, entries, newline);
            const lead = shape.text === '' ? '' : `${shape.text} `;
            if (compact >= 1) {
                const rows = shape.list && entries.length > 6 ? this.columns(entries, shape.items) : entries;
                const shallow = this.lastLevel - level < compact;
                if (shallow && rows === entries) {
                    const line = this.oneLine(shape, entries);
                    if (line !== null) return `${lead}${shape.open} ${line} ${shape.close}`;
                }
                entries = rows;
            }
            return `${lead}${shape.open}${newline}  ${entries.join(`,${newline}  `)}${newline}${shape.close}`;
        }

        layOutTightly(shape, entries, newline) {
            const text = shape.text === '' ? '' : ` ${shape.text}`;
            if (this.fits(entries, entries.length, shape.text)) {
                return `${shape.open}${text} ${entries.join(', ')} ${shape.close}`;
            }
            const start = shape.text === '' && shape.open.length === 1 ? ' ' : `${text}${newline}  `;
            return `${shape.open}${start}${entries.join(`,${newline}  `)} ${shape.close}`;
        }

        oneLine(shape, entries) {
            const used = entries.length + this.indent + shape.open.length + shape.text.length + 10;
            if (!this.fits(entries, entries.length + used, shape.text)) return null;
            const line = entries.join(', ');
            return line.includes('\n') ? null : line;
        }

        fits(entries, used, text) {
            for (const entry of entries) {
                used += this.options.colors ? withoutColors(entry).length : entry.length;
                if (used > this.options.breakLength) return false;
            }
            return !text.includes('\n');
        }

        /**
         * Many short entries as rows of aligned columns; the same array if they would not gain by it. The number of
         * columns makes the block about two and a half times as wide as it is high (a character is that much higher
         * than wide), leaning to fewer columns where lengths differ much.
         */
        columns(entries, items) {
            const { breakLength, colors, compact } = this.options;
            const extra = entries.length > this.maxItems ? 1 : 0; // "... more items" stays on a line of its own
            const count = entries.length - extra;
            const widths = entries.slice(0, count).map((entry) => width(entry, colors) + 2);
            const widest = Math.max(...widths);
            const total = widths.reduce((sum, each) => sum + each, 0);
            if (widest * 3 + this.indent >= breakLength || (total / widest <= 5 && widest > 8)) return entries;
            const typical = Math.max(widest - Math.sqrt(widest - total / entries.length), 1);
            const perRow = Math.min(
                Math.round(Math.sqrt(2.5 * typical * count) / typical),
                Math.floor((breakLength - this.indent) / widest),
                compact * 4,
                15,
            );
            if (perRow <= 1) return entries;
            const columnWidths = Array.from({ length: perRow }, (_, column) =>
                widths.reduce((most, each, i) => (i % perRow === column ? Math.max(most, each) : most), 0),
            );
            const rows = [];
            for (let start = 0; start < count; start += perRow) {
                const end = Math.min(start + perRow, count);
                let row = '';
                for (let i = start; i < end; i++) {
                    const last = i === end - 1;
                    const gap = ' '.repeat(columnWidths[i - start] - widths[i]);
                    const cell = last ? entries[i] : `${entries[i]}, `;
                    row += items?.numeric ? gap + cell : last ? cell : cell + gap;
                }
                rows.push(row);
            }
            return extra ? [...rows, entries[count]] : rows;
        }
    }

    /** The method that shapes each kind of object. */
    const SHAPERS = {
        array: 'shapeArray', 'typed array': 'shapeTypedArray', set: 'shapeSet', map: 'shapeMap',
        iterator: 'shapeIterator', arguments: 'shapeArguments', object: 'shapeObject', module: 'shapeModule',
        function: 'shapeFunction', regexp: 'shapeRegExp', date: 'shapeDate', boxed: 'shapeBoxed',
        error: 'shapeError', buffer: 'shapeBuffer', view: 'shapeView', promise: 'shapePromise', weak: 'shapeWeak',
    };

    function prefixUnless(usual, title) {
        const prefix = title(usual);
        return prefix === usual ? '' : `${prefix} `;
    }

    // ---- Functions and errors --------------------------------------------------------------------------------------

    function sourceOf(fn) {
        try {
            return Function.prototype.toString.call(fn);
        } catch {
            return '';
        }
    }

    const isNative = (fn) => /\{\s*\[native code\]\s*\}\s*$/.test(sourceOf(fn));

    function functionText(fn, maker, tag) {
        const own = Object.getOwnPropertyDescriptor(fn, 'name')?.value;
        const name = own === undefined || own === '' ? '' : String(own);
        const suffix = tag !== '' && tag !== maker ? ` [${tag}]` : '';
        const source = sourceOf(fn);
        if (source.startsWith('class') && source.endsWith('}')) {
            const kind = maker === 'Function' || maker === null ? '' : ` [${maker}]`;
            const parent = maker === null ? '[null prototype]' : dataProperty(Object.getPrototypeOf(fn), 'name');
            return `[class ${name || '(anonymous)'}${kind}${suffix}${parent ? ` extends ${parent}` : ''}]`;
        }
        const type = functionType(fn);
        const title = type + (maker === null ? ' (null prototype)' : '') + (name === '' ? ' (anonymous)' : `: ${name}`);
        const named = suffix === ` [${type}]` ? '' : suffix;
        return `[${title}]${maker === type || maker === null ? '' : ` ${maker}`}${named}`;
    }

    function functionType(fn) {
        const tag = nameProperty(fn, Symbol.toStringTag);
        return ['AsyncFunction', 'GeneratorFunction', 'AsyncGeneratorFunction'].includes(tag) ? tag : 'Function';
    }

    function errorStack(error) {
        const stack = nameProperty(error, 'stack');
        if (stack) return String(stack);
        try {
            return Error.prototype.toString.call(error);
        } catch {
            return 'Error';
        }
    }

    function ownText(error, key) {
        const value = Object.getOwnPropertyDescriptor(error, key)?.value;
        return isObject(value) || typeof value === 'symbol' ? '\0' : String(value);
    }

    /** The stack with the error's class in its first line, where that says only the name of a base class. */
    function titledStack(stack, error, maker, tag, title) {
        const name = String(nameProperty(error, 'name') || 'Error');
        const after = stack[name.length];
        const says = name.endsWith('Error') && stack.startsWith(name) && (after === undefined || /[:\n]/.test(after));
        if (maker === null) {
            const head = /^([A-Za-z_][\w-]*)(?=:|\n\s+at|$)/.exec(stack)?.[0] ?? '';
            return head ? title(head) + stack.slice(head.length) : `${title('Error')}: ${stack}`;
        }
        if (!says) return stack;
        const prefix = title('Error');
        return (prefix.includes(name) ? prefix : `${prefix} [${name}]`) + stack.slice(name.length);
    }

    /** The stack with the middle of the first four or more frames that it shares with its cause's stack left out. */
    function withoutSharedFrames(stack, causeStack) {
        const lines = stack.split('\n');
        const causeLines = causeStack.split('\n');
        for (let at = 1; at < lines.length - 3; at++) {
            const from = /^\s+at /.test(lines[at]) ? causeLines.indexOf(lines[at]) : -1;
            let shared = 0;
            while (from >= 0 && at + shared < lines.length && lines[at + shared] === causeLines[from + shared]) shared++;
            if (shared > 3) {
                const note = `    ... ${shared - 2} lines matching cause stack trace ...`;
                return [...lines.slice(0, at + 1), note, ...lines.slice(at + shared - 1)].join('\n');
            }
        }
        return stack;
    }

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
