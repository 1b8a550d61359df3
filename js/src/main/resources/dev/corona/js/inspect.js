/*
 * The text of JavaScript values as `console.log` prints it: `inspect(value, options)` and `format(...values)`.
 *
 * The notation is the one that Node users read without thinking, so its rules (what shares a line, where columns
 * start, which brackets mean what) follow the output of Node 20; the tests compare the two. User code runs in three
 * places only: a function under Symbol.for('nodejs.util.inspect.custom'), the names of a thing (Symbol.toStringTag, an
 * error's name, message and stack), and getters if the option `getters` asks for it. What user code throws is printed
 * in the value's place.
 *
 * The file evaluates to a function of (host, part) that returns {inspect, format, formatWithOptions}. `part(name)`
 * gives what the file inspect-NAME.js beside this one evaluates to; it is called when the first value needs more than
 * its own text, so a program that prints only strings and numbers never pays for the rest.
 *
 * What the language hides from itself comes from `host`; every member is optional:
 *   isPromise(o), promiseState(p) -> ['pending'] | ['fulfilled', value] | ['rejected', reason]
 *   isProxy(o), proxyDetails(p) -> [target, handler], both null if it was revoked
 *   isModuleNamespace(o), isHostObject(o), hostToString(o)
 *   iteratorEntries(i) -> {items, pairs} of what a Map or Set iterator has still to give; pairs: items are [key, value]
 *   color: whether `format` uses colours
 */
(function (host, part) {
    'use strict';

    const SETTINGS = {
        custom: Symbol.for('nodejs.util.inspect.custom'),
        defaultOptions: {
            showHidden: false, depth: 2, colors: false, customInspect: true, showProxy: false, maxArrayLength: 100,
            maxStringLength: 10000, breakLength: 80, compact: 3, sorted: false, getters: false, numericSeparator: false,
        },
        /** The colour of each kind of text. */
        styles: {
            special: 'cyan', number: 'yellow', bigint: 'yellow', boolean: 'yellow', undefined: 'gray', null: 'bold',
            string: 'green', symbol: 'green', date: 'magenta', regexp: 'red', module: 'underline',
        },
        /** The codes (Select Graphic Rendition) that begin and end each effect. */
        colors: {
            reset: [0, 0], bold: [1, 22], dim: [2, 22], italic: [3, 23], underline: [4, 24], inverse: [7, 27],
            black: [30, 39], red: [31, 39], green: [32, 39], yellow: [33, 39], blue: [34, 39], magenta: [35, 39],
            cyan: [36, 39], white: [37, 39], gray: [90, 39], grey: [90, 39], redBright: [91, 39],
            greenBright: [92, 39], yellowBright: [93, 39], blueBright: [94, 39], magentaBright: [95, 39],
            cyanBright: [96, 39], whiteBright: [97, 39],
        },
    };
    let loadedPrinter;
    let loadedFormat;
    const printer = () => (loadedPrinter ??= part('values')(host, part, inspect));
    const directives = () => (loadedFormat ??= part('format')(host, inspect, printer().kinds, printer().texts));

    /** The value's text. `options` may also be the old list (showHidden, depth, colors). */
    function inspect(value, options, depth, colors) {
        if (typeof options === 'boolean') {
            options = { showHidden: options };
            if (depth !== undefined) options.depth = depth;
            if (colors !== undefined) options.colors = colors;
        }
        return printer().text(value, options ?? {});
    }

    /** Whether the value prints as String(value) beside a template. */
    function isPlain(value, { colors, numericSeparator }) {
        if (typeof value === 'string') return true;
        if (colors || numericSeparator || Object.is(value, -0)) return false;
        return value === null || ['number', 'boolean', 'undefined'].includes(typeof value);
    }

    /** The values with a space between; a first value with directives (%s) takes the next ones in. */
    function formatWithOptions(options, ...values) {
        const isTemplate = typeof values[0] === 'string' && values.length > 1 && values[0].includes('%');
        const plain = !isTemplate && values.every((value) => isPlain(value, options));
        return plain ? values.map(String).join(' ') : directives()(options, values);
    }

    function format(...values) {
        return formatWithOptions({ colors: Boolean(host?.color) }, ...values);
    }

    return { inspect: Object.assign(inspect, SETTINGS), format, formatWithOptions };
})
