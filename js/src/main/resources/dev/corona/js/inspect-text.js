/*
 * The words of `inspect`: literals, numbers, and the titles of functions and errors.
 * Evaluates to a function of what inspect-kinds.js gives.
 */
(function ({ isObject, nameProperty, dataProperty, sourceOf }) {
    'use strict';

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

    return {
        FLAGS, quoted, numberText, bigintText, withoutColors, width, plural, moreItems, isIndex, functionText, errorStack,
        ownText, titledStack, withoutSharedFrames,
    };
})
