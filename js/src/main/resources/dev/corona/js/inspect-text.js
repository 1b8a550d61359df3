/*
 * The words of `inspect`: literals, numbers, and the titles of functions and errors.
 * Evaluates to a function of what inspect-kinds.js gives.
 */
(function (kinds) {
    'use strict';

    const { isObject, nameProperty, dataProperty, sourceOf } = kinds;

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
        if (/^[\x20-\x26\x28-\x5b\x5d-\x7e]*$/.test(text)) return `'${text}'`;
        let quote = "'";
        if (text.includes("'")) {
            if (!text.includes('"')) quote = '"';
            else if (!text.includes('`') && !text.includes('${')) quote = '`';
        }
        // Pairs of surrogates match first and stay; what is left of them is alone.
        const unsafe = /[\ud800-\udbff][\udc00-\udfff]|[\x00-\x1f\x7f-\x9f\\'"`\ud800-\udfff]/g;
        const stays = (match) => match.length === 2 || (/['"`]/.test(match) && match !== quote);
        return quote + text.replace(unsafe, (match) => (stays(match) ? match : escaped(match, quote))) + quote;
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

    const plural = (count, noun) => `${count} ${noun}${count === 1 ? '' : 's'}`;
    const moreItems = (count) => `... ${plural(count, 'more item')}`;
    const isIndex = (key) => typeof key === 'string' && /^(0|[1-9]\d{0,9})$/.test(key) && key < 4294967295;

    // ---- Functions and errors --------------------------------------------------------------------------------------

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
        try {
            return stack ? String(stack) : Error.prototype.toString.call(error);
        } catch {
            return 'Error';
        }
    }

    /** Whether the stack already tells the property, which is one of an error's usual three. */
    function tells(stack, error, key) {
        if (key !== 'name' && key !== 'message' && key !== 'stack') return false;
        const value = Object.getOwnPropertyDescriptor(error, key)?.value;
        return !isObject(value) && typeof value !== 'symbol' && stack.includes(String(value));
    }

    /**
     * The stack with the error's class in its first line, where that says only the name of a base class. `maker` is
     * the class's name (null: no prototype), `title(fallback)` the name with its notes.
     */
    function titledStack(stack, error, maker, title) {
        if (maker === null) {
            const head = /^([A-Za-z_][\w-]*)(?=:|\n\s+at|$)/.exec(stack)?.[0] ?? '';
            return head ? title(head) + stack.slice(head.length) : `${title('Error')}: ${stack}`;
        }
        const name = String(nameProperty(error, 'name') || 'Error');
        const after = stack[name.length];
        const says = name.endsWith('Error') && stack.startsWith(name) && (after === undefined || /[:\n]/.test(after));
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
            if (from < 0) continue;
            let shared = 0;
            while (at + shared < lines.length && lines[at + shared] === causeLines[from + shared]) shared++;
            if (shared > 3) {
                const note = `    ... ${shared - 2} lines matching cause stack trace ...`;
                return [...lines.slice(0, at + 1), note, ...lines.slice(at + shared - 1)].join('\n');
            }
        }
        return stack;
    }

    /** The frames in colours: the runtime's own dimmed, the package that a frame belongs to underlined. */
    function coloredFrames(text) {
        return text.replace(/^.*$/gm, (line) => {
            if (/^\s+at (.+ \()?(node|corona):/.test(line)) return `\x1b[90m${line}\x1b[39m`;
            return line.replace(/([/\\]node_modules[/\\])((?:@[^/\\]+[/\\])?[^/\\]+)/g, '$1\x1b[4m$2\x1b[24m');
        });
    }

    return {
        FLAGS, quoted, numberText, bigintText, plural, moreItems, isIndex, functionText, errorStack, tells, titledStack,
        withoutSharedFrames, coloredFrames,
    };
})
