/*
 * The printing half of `inspect`: one walk over a value.
 *
 * Each object is first *classified* (kindOf in inspect-kinds.js: by brand, never by its constructor's name), then
 * *shaped* (brackets, the text before them, and the function that yields the entries), and last its entries are *laid
 * out* (inspect-layout.js). Evaluates to a function of (host, part, inspect), see inspect.js, that gives {text}.
 */
(function (host, part, inspect) {
    'use strict';

    const kinds = part('kinds')(host);
    const texts = part('text')(kinds);
    const { layOut, width } = part('layout')();
    const { isObject, getter, dataProperty, nameProperty, behindProxies, throws, messageOf, kindOf } = kinds;
    const { quoted, numberText, bigintText, plural, moreItems, isIndex } = texts;

    // ---- One call of inspect ---------------------------------------------------------------------------------------

    /**
     * The state of one call. `open` holds the objects around the one being printed; `circular` numbers those that were
     * met again inside themselves; `indent` is the column where a broken line would start; `lastLevel` is the nesting
     * of the object visited last, by which the layout knows how deep the value just printed goes.
     */
    class Inspection {
        constructor(options) {
            this.given = options;
            this.options = { ...inspect.defaultOptions, ...options };
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
            const codes = this.options.colors ? inspect.colors[inspect.styles[kind]] : undefined;
            return codes ? `\x1b[${codes[0]}m${text}\x1b[${codes[1]}m` : text;
        }

        dimmed(text) {
            return this.options.colors ? `\x1b[2m${text}\x1b[22m` : text;
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
                    return this.special(`[Object: Inspection interrupted prematurely. ${messageOf(error)}.]`);
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
            return layOut(this, { open: 'Proxy [', close: ']', text: '', list: true }, parts, level);
        }

        /** What the object's own inspect function says, or undefined if it has none or leaves the work to us. */
        custom(value, met, level) {
            const method = value[inspect.custom];
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
                entries.push(this.dimmed(this.property(holder, key, level + 1, shape.list)));
            }
            this.open.pop();
            const number = this.circular?.get(value);
            if (number !== undefined) {
                const reference = this.special(`<ref *${number}>`);
                if (this.options.compact === true) shape.open = `${reference} ${shape.open}`;
                else shape.text = shape.text === '' ? reference : `${reference} ${shape.text}`;
            }
            return layOut(this, shape, this.sort(entries, shape.list ? first : 0), level);
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
                if (typeof maker !== 'function' || kinds.isNative(maker)) break;
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
            const body = (level) => this.items(value, level, items);
            return { ...shape, open: `${prefix}[`, close: ']', items, body };
        }

        shapeTypedArray({ value, title, keys, shape }) {
            const size = kinds.typedArrayLength(value);
            const prefix = title(kinds.typedArrayName(value), `(${size})`);
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
            const show = (level) => (item) => this.value(item, level);
            const all = (level) => this.some(Set.prototype.values.call(value), size, show(level));
            return { ...shape, open: `${prefix} {`, body: (level) => this.indented(2, () => all(level)) };
        }

        shapeMap({ value, title, keys, shape }) {
            const size = getter(Map.prototype, 'size').call(value);
            const prefix = title('Map', `(${size})`);
            if (size === 0 && keys.length === 0) return `${prefix} {}`;
            const show = (level) => ([key, item]) => `${this.value(key, level)} => ${this.value(item, level)}`;
            const all = (level) => this.some(Map.prototype.entries.call(value), size, show(level));
            return { ...shape, open: `${prefix} {`, body: (level) => this.indented(2, () => all(level)) };
        }

        shapeIterator({ value, tag, shape, title, keys }) {
            const entries = host?.iteratorEntries?.(value);
            const body = (level) => {
                if (!entries) return [this.special('<items unknown>')];
                const pair = { open: '[', close: ']', text: '', list: true };
                const lay = (item) => layOut(this, pair, item.map((part) => this.value(part, level)), level - 1);
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
            const text = texts.functionText(value, maker, tag);
            return keys.length === 0 ? this.special(text) : { ...shape, text };
        }

        shapeRegExp({ value, title, keys, shape, level }) {
            const source = getter(RegExp.prototype, 'source').call(value);
            const isSet = ([, name]) => getter(RegExp.prototype, name)?.call(value);
            const flags = texts.FLAGS.filter(isSet).map(([letter]) => letter).join('');
            const text = `${prefixUnless('RegExp', title)}/${source}/${flags}`;
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
            const holds = (type) => !throws(() => type.prototype.valueOf.call(value));
            const type = [Number, String, Boolean, BigInt, Symbol].find(holds);
            const content = type.prototype.valueOf.call(value);
            const owner = maker === null ? ' (null prototype)' : maker === type.name ? '' : ` (${maker})`;
            const suffix = tag !== '' && tag !== maker ? ` [${tag}]` : '';
            const literal = new Inspection({ ...this.given, colors: false }).primitive(content);
            const text = `[${type.name}${owner}: ${literal}]${suffix}`;
            const rest = type === String ? keys.filter((key) => !isIndex(key) || Number(key) >= content.length) : keys;
            return rest.length === 0 ? this.style(text, type.name.toLowerCase()) : { ...shape, text, keys: rest };
        }

        shapeError({ value, maker, title, keys, shape }) {
            const hidden = ['cause', 'errors'].filter((key) => {
                const own = Object.getOwnPropertyDescriptor(value, key);
                return own && !keys.includes(key) && (key === 'cause' || Array.isArray(own.value));
            });
            let stack = texts.errorStack(value);
            const shown = keys.filter((key) => this.options.showHidden || !texts.tells(stack, value, key));
            const rest = [...shown, ...hidden];
            stack = texts.titledStack(stack, value, maker, title);
            const cause = rest.includes('cause') ? Object.getOwnPropertyDescriptor(value, 'cause').value : undefined;
            if (isObject(cause) && kindOf(behindProxies(cause) ?? {}) === 'error') {
                stack = texts.withoutSharedFrames(stack, texts.errorStack(cause));
            }
            const message = nameProperty(value, 'message');
            const start = typeof message === 'string' && message !== '' ? Math.max(0, stack.indexOf(message)) : 0;
            const frames = stack.indexOf('\n    at', start);
            if (frames < 0) stack = `[${stack}]`;
            else if (this.options.colors) stack = stack.slice(0, frames) + texts.coloredFrames(stack.slice(frames));
            const text = stack.replaceAll('\n', `\n${' '.repeat(this.indent)}`);
            return rest.length === 0 ? text : { ...shape, keys: rest, text };
        }

        shapeBuffer({ value, title, keys, shape, inView }) {
            const type = kinds.isShared(value) ? SharedArrayBuffer : ArrayBuffer;
            const size = getter(type.prototype, 'byteLength').call(value);
            const prefix = title(type.name);
            const length = `byteLength: ${this.primitive(size)}`;
            if (inView && keys.length === 0) return `${prefix} { ${length} }`;
            return { ...shape, open: `${prefix} {`, body: () => [this.bytes(value, size), length] };
        }

        bytes(buffer, size) {
            if (throws(() => new Uint8Array(buffer))) return this.special('(detached)');
            const shown = Math.min(size, this.maxItems);
            const hex = Array.from(new Uint8Array(buffer, 0, shown), (byte) => byte.toString(16).padStart(2, '0'));
            const rest = size > shown ? ` ... ${plural(size - shown, 'more byte')}` : '';
            return `${this.special('[Uint8Contents]')}: <${hex.join(' ')}${rest}>`;
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

        property(object, key, level, list) {
            let own;
            try {
                own = Object.getOwnPropertyDescriptor(object, key) ?? { value: object[key], enumerable: true };
            } catch {
                return `${this.keyText(key, true)}: ${this.special('<uninitialized>')}`; // a module's binding
            }
            const { compact, colors, breakLength } = this.options;
            const text = this.propertyValue(object, own, level, list);
            const below = compact === true && !list && 'value' in own && width(text, colors) > breakLength;
            const gap = below ? `\n${' '.repeat(this.indent + 3)}` : ' ';
            return `${this.keyText(key, own.enumerable)}:${gap}${text}`;
        }

        keyText(key, enumerable) {
            if (typeof key === 'symbol') return `[${this.style(String(key), 'symbol')}]`;
            if (key === '__proto__') return "['__proto__']";
            if (!enumerable) return `[${key}]`;
            return /^[a-zA-Z_]\w*$/.test(key) ? key : this.style(quoted(key), 'string');
        }

        propertyValue(object, own, level, list) {
            if ('value' in own) {
                const step = this.options.compact === true && !list ? 3 : 2;
                return this.indented(step, () => this.value(own.value, level));
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

    const text = (value, options) => new Inspection(options).value(value, 0);
    return { text, kinds, texts };
})
