/*
 * What `inspect` and `format` are asked to print in the tests.
 *
 * Evaluates to a list of {title, make, print, folds, differs}: `make()` builds the value, `print(value, api)` prints it
 * with {inspect, format}, `folds` says that stack frames are the engine's and are folded before comparing. golden.json
 * holds what Node prints; where Corona means to print something else, `differs` says {because, expected}.
 */
(function () {
    'use strict';

    const cases = [];

    function add(make, suffix, print) {
        const added = { title: `${make}${suffix}`.replace(/^\(\) => /, ''), make, print, folds: false, differs: null };
        cases.push(added);
        const chain = {
            differs: (because, expected) => ((added.differs = { because, expected }), chain),
            folds: () => ((added.folds = true), chain),
        };
        return chain;
    }

    /** A value for inspect, with its options. */
    function shows(make, options) {
        const suffix = options === undefined ? '' : ` with ${JSON.stringify(options)}`;
        return add(make, suffix, (value, api) => api.inspect(value, options));
    }

    /** A list of arguments for format. */
    const prints = (make) => add(make, ' formatted', (values, api) => api.format(...values));

    const custom = Symbol.for('nodejs.util.inspect.custom');
    const range = (length, item = (i) => i) => Array.from({ length }, (_, i) => item(i));
    const withProto = (object, prototype) => Object.setPrototypeOf(object, prototype);

    /** The error with a given stack: its first line, then frames. */
    function traced(error, title, ...frames) {
        error.stack = [title, ...frames.map((frame) => `    at ${frame}`)].join('\n');
        return error;
    }

    class Foo {}
    class Bar extends Foo {
        get [Symbol.toStringTag]() {
            return 'BarTag';
        }
    }
    class OddError extends Error {}
    class Sized extends Map {}
    class Written {
        toString() {
            return 'written by hand';
        }
    }

    // ---- Primitives ------------------------------------------------------------------------------------------------

    shows(() => 0);
    shows(() => -0);
    shows(() => 1.5e300);
    shows(() => NaN);
    shows(() => -Infinity);
    shows(() => 12345678901234567890n);
    shows(() => true);
    shows(() => null);
    shows(() => undefined);
    shows(() => Symbol('a b'));
    shows(() => Symbol());
    shows(() => Symbol.iterator);
    shows(() => '');
    shows(() => 'plain');
    shows(() => "it's");
    shows(() => 'it\'s "quoted"');
    shows(() => 'it\'s "quoted" with `ticks`');
    shows(() => 'a ${template} with \' and "');
    shows(() => 'tab\t newline\n return\r back\b form\f vertical\v slash\\');
    shows(() => '\x00\x01\x1f\x7f\x80\x9f\xa0');
    shows(() => 'lone \ud83d and \ude00, a pair 😀');
    shows(() => 'ä ß 日本語 \u2028');
    shows(() => 'x'.repeat(100));
    shows(() => 'a line of text\n'.repeat(8));
    shows(() => ({ text: 'a line of text\n'.repeat(8) }));
    shows(() => ['short\n', 'one line\nand a second one that is long enough to be broken by the rule of the width']);
    shows(() => 'x'.repeat(20), { maxStringLength: 5 });
    shows(() => 'x'.repeat(20), { maxStringLength: 19 });
    shows(() => ['x'.repeat(20)], { maxStringLength: 0 });
    shows(() => 'x'.repeat(10001).length);
    shows(() => 'x'.repeat(10001));
    shows(() => 'x'.repeat(10001), { maxStringLength: null });
    shows(() => [123456789.12345678, 1234, -1234.5, 1e21, 1234567n], { numericSeparator: true });

    // ---- Objects ---------------------------------------------------------------------------------------------------

    shows(() => ({}));
    shows(() => ({ a: 1, b: 'two', c: [3], d: { e: null } }));
    shows(() => ({ 'a-b': 1, 1: 2, '': 3, $a: 4, _b: 5, ä: 6, "it's": 7, 'new\nline': 8, a1: 9, '1a': 10 }));
    shows(() => ({ ['__proto__']: 1 }));
    shows(() => ({ [Symbol('key')]: 1, [Symbol('two words')]: 2, [Symbol()]: 3, [Symbol.iterator]: 4 }));
    shows(() => Object.defineProperty({ a: 1 }, Symbol('hidden'), { value: 2 }));
    shows(() => ({ a: { b: { c: {} } } }));
    shows(() => ({ a: { b: { c: { d: 1 } } } }));
    shows(() => ({ a: { b: { c: [1] } } }));
    shows(() => ({ a: { b: { c: [] } } }));
    shows(() => ({ a: { b: { c: { d: { e: { f: 1 } } } } } }), { depth: 4 });
    shows(() => ({ a: { b: { c: { d: { e: { f: 1 } } } } } }), { depth: null });
    shows(() => ({ a: { b: 1 }, c: [1] }), { depth: 0 });
    shows(() => ({ a: 1 }), { depth: -1 });
    shows(() => ({
        a: {
            b: {
                instance: Object.assign(new Foo(), { x: 1 }),
                tagged: Object.assign(new Bar(), { x: 1 }),
                bare: Object.assign(Object.create(null), { x: 1 }),
                map: new Map([[1, 2]]),
                set: new Set([1]),
                bytes: new Uint8Array(2),
                fn: Object.assign(() => {}, { x: 1 }),
                date: Object.assign(new Date(0), { x: 1 }),
                pattern: Object.assign(/a/, { x: 1 }),
                buffer: new ArrayBuffer(1),
                weak: new WeakMap(),
                error: Object.assign(traced(new Error('m'), 'Error: m', 'a'), { x: 1 }),
                boxed: Object(1n),
                args: (function () {
                    return arguments;
                })(1),
            },
        },
    }));
    shows(() => ({ first: 'a value of some length', second: 'another value of length', third: 'the third' }));
    shows(() => ({ first: 'a value of some length', second: 'another value of length', third: 'the thirdx' }));
    shows(() => ({ first: 'a value of some length', second: 'another value of length', third: 'the third value' }));
    shows(() => ({ outer: { first: 'a value of some length', second: 'another value of length', third: 'x' } }));
    shows(() => ({ a: { b: { c: 1 } }, d: 1 }));
    shows(() => ({ a: { b: { c: {} } }, d: 1 }));
    shows(() => ({ a: [{ b: { c: 1 } }] }));
    shows(() => ({ a: [[[1]]] }));
    shows(() => range(3, (id) => ({ id, name: `name ${id}`, tags: ['a', 'b'] })));
    shows(() => Object.fromEntries(range(30, (i) => [`key${i}`, i])));
    shows(() => ({ a: 1, b: [1, { c: 2 }], d: 'text' }), { compact: false });
    shows(() => ({ a: 1, b: [1, { c: 2 }], d: 'text', e: () => {} }), { compact: true });
    shows(() => ({ a: 1, b: [1, { c: 2 }], d: 'text'.repeat(10) }), { compact: true, breakLength: 20 });
    shows(() => ({ a: { b: { c: 1 } } }), { compact: 1 });
    shows(() => ({ a: { b: { c: 1 } } }), { compact: 0 });
    shows(() => ({ a: { b: { c: { d: 1 } } } }), { compact: 5, depth: 9 });
    shows(() => ({ a: 'some text', b: 'some more text' }), { breakLength: 30 });
    shows(() => range(50, (i) => `text ${i}`), { breakLength: Infinity });
    shows(() => ({ c: 1, a: 2, b: { z: 1, y: 2 } }), { sorted: true });
    shows(() => Object.assign([3, 1, 2], { z: 1, y: 2 }), { sorted: true });
    shows(() => new Map([['b', 1], ['a', 2]]), { sorted: true });
    shows(() => Object.defineProperty({ a: 1 }, 'h', { value: 2 }));
    shows(() => Object.defineProperty({ a: 1 }, 'h', { value: 2 }), { showHidden: true });
    shows(() => [1, 2], { showHidden: true });
    shows(() => Object.defineProperty([1], Symbol('h'), { value: { a: 1 } }), { showHidden: true });

    // ---- Accessors -------------------------------------------------------------------------------------------------

    shows(() => ({ get a() { return 1; }, set b(v) {}, get c() { return 1; }, set c(v) {} }));
    shows(() => ({ get a() { throw new Error('must not run'); } }));
    shows(() => Object.defineProperty([1, 2], 0, { get() { throw new Error('must not run'); } }));
    shows(
        () => ({ get a() { return 1; }, get b() { return { c: { d: { e: 1 } } }; }, get n() { return null; } }),
        { getters: true },
    );
    shows(() => ({ get a() { return 1; }, get c() { return 2; }, set c(v) {} }), { getters: 'get' });
    shows(() => ({ get a() { return 1; }, get c() { return 2; }, set c(v) {} }), { getters: 'set' });
    shows(() => ({ get a() { throw new Error('no value'); } }), { getters: true });

    // ---- Classes and prototypes ------------------------------------------------------------------------------------

    shows(() => new Foo());
    shows(() => Object.assign(new Foo(), { a: 1 }));
    shows(() => new Bar());
    shows(() => [Object.assign(new Bar(), { a: 1 }), Bar.prototype, Foo.prototype]);
    shows(() => Object.create(null));
    shows(() => Object.assign(Object.create(null), { a: 1 }));
    shows(() => Object.create({}));
    shows(() => Object.create(Object.create(null)));
    shows(() => Object.create(Foo.prototype, { constructor: { value: 'not a function' } }));
    shows(() => new (class {})());
    shows(() => new (class extends Foo {})());
    shows(() => new (class { #secret = 1; open = 2; })());
    shows(() => ({ constructor: 'text' }));
    shows(() => ({ [Symbol.toStringTag]: 'own' }));
    shows(() => Object.create(null, { [Symbol.toStringTag]: { value: 'hidden' } }));
    shows(() => Object.create({ [Symbol.toStringTag]: 'inherited' }));
    shows(() => ({ get [Symbol.toStringTag]() { throw new Error('no tag'); } }))
        .differs('a name that cannot be read is left out', '{ [Symbol(Symbol.toStringTag)]: [Getter] }');
    shows(() => [new Sized([[1, 2]]), new (class Odd extends Array {})(3), new (class Odd extends Set {})()]);
    shows(() => [new (class Odd extends Date {})(0), new (class Odd extends RegExp {})('a', 'g')]);
    shows(() => [withProto([1, 2], null), withProto(new Map([[1, 2]]), null), withProto(new Set([1]), null)]);
    shows(() => [withProto(new Date(0), null), withProto(/a/gi, null), withProto(new Uint8Array(2), null)]);
    shows(() => [withProto(() => {}, null), withProto(class Foo {}, null), withProto(Object(1), null)]);
    shows(() => withProto(traced(new Error('m'), 'Error: m', 'a'), null));
    shows(() => withProto(new ArrayBuffer(2), null))
        .differs(
            'the length is known without a prototype',
            '[ArrayBuffer: null prototype] {\n  [Uint8Contents]: <00 00>,\n  byteLength: 2\n}',
        );
    shows(() => withProto(new Foo(), null))
        .differs('the language does not tell which class made it', '[Object: null prototype] {}');
    shows(() => Object.create(withProto(new Foo(), null)));
    shows(() => new (class A { a = 1; get b() { return 1; } })(), { showHidden: true });
    shows(() => [Object, Array, Map, Number, Date, Function, Promise].map((type) => type.prototype));
    shows(() => [Math, JSON, Reflect]);

    // ---- Arrays ----------------------------------------------------------------------------------------------------

    shows(() => []);
    shows(() => [1, 'two', null, undefined, NaN]);
    shows(() => [, 1]);
    shows(() => [1, , , 2, ,]);
    shows(() => new Array(3));
    shows(() => { const holes = new Array(1000000); holes[500000] = 1; return holes; });
    shows(() => { const far = [1, 2]; far[4294967294] = 3; return far; });
    shows(() => Object.assign([1, , 3], { extra: 'yes', '-1': 'minus', [Symbol('s')]: 1 }));
    shows(() => range(6));
    shows(() => range(7));
    shows(() => range(27));
    shows(() => range(100));
    shows(() => range(101));
    shows(() => range(250, (i) => i * 1000));
    shows(() => range(30, (i) => -i / 3));
    shows(() => range(20, (i) => BigInt(i) ** 5n));
    shows(() => range(20, (i) => (i % 3 ? i : `text ${i}`)));
    shows(() => range(26, (i) => 'x'.repeat(i)));
    shows(() => range(26, (i) => 'x'.repeat(i % 7)));
    shows(() => range(12, () => '日本語'));
    shows(() => range(12, (i) => (i % 2 ? 'e\u0301' : '😀')));
    shows(() => range(10, (i) => [i, i]));
    shows(() => range(10, (i) => ({ i })));
    shows(() => range(8, (i) => (i === 3 ? 'a\nb' : i)));
    shows(() => ({ nested: { deep: range(30, (i) => i * 7) } }));
    shows(() => Object.assign(range(10), { extra: true }));
    shows(() => range(10), { maxArrayLength: 3 });
    shows(() => range(10), { maxArrayLength: 0 });
    shows(() => [1, , , 4, 5], { maxArrayLength: 2 });
    shows(() => range(120), { maxArrayLength: null });
    shows(() => range(40), { compact: 1 });
    shows(() => range(40), { compact: false });
    shows(() => range(40), { breakLength: 40 });
    shows(() => range(3, () => 'a text that makes the line longer'));
    shows(() => [[[[]]], [[[1]]]]);
    shows(() => (function () { return arguments; })(1, 'two'));
    shows(() => (function () { return arguments; })());

    // ---- Collections -----------------------------------------------------------------------------------------------

    shows(() => new Map());
    shows(() => new Map([['a', 1], [{ b: 2 }, [3]], [null, undefined]]));
    shows(() => Object.assign(new Map([[1, 2]]), { extra: true }));
    shows(() => new Map(range(102, (i) => [i, i])));
    shows(() => new Map([['key', new Map([['inner', new Map([['deep', new Map([[1, 2]])]])]])]]));
    shows(() => new Set());
    shows(() => new Set([1, 'two', { three: 3 }]));
    shows(() => new Set(range(20)));
    shows(() => new Set(range(5)), { maxArrayLength: 4 });
    shows(() => [new WeakMap(), new WeakSet()]);
    shows(() => new WeakMap([[{}, 1]]), { showHidden: true })
        .differs('a weak collection does not give its items out', 'WeakMap { <items unknown> }');
    shows(() => new WeakRef({ a: 1 }));
    shows(() => [new Map([[1, 2]]).keys(), new Map([[1, 2]]).values(), new Map([[1, 2]]).entries()]);
    shows(() => [new Set([1]).values(), new Set([1]).entries()]);
    shows(() => { const rest = new Map([[1, 2], [3, 4]]).entries(); rest.next(); return rest; });
    shows(() => new Map([[1, { a: { b: 2 } }], [[1, [2, [3]]], 4]]).entries());
    shows(() => new Set(range(9)).values(), { maxArrayLength: 3 });
    shows(() => [[1].values(), 'a'[Symbol.iterator](), 'a'.matchAll(/a/g)]);

    // ---- Bytes -----------------------------------------------------------------------------------------------------

    shows(() => new Uint8Array());
    shows(() => new Uint8Array([1, 2, 3]));
    shows(() => [new Float64Array([0.5, -0]), new BigInt64Array(2), new Uint8ClampedArray(1), new Int16Array([7])]);
    shows(() => new Uint8Array(range(120)));
    shows(() => Object.assign(new Uint8Array(2), { extra: 1 }));
    shows(() => new Uint8Array(2), { showHidden: true });
    shows(() => new ArrayBuffer(4));
    shows(() => new ArrayBuffer(60), { maxArrayLength: 2 });
    shows(() => Object.assign(new Uint8Array([1, 254]).buffer, { extra: 1 }));
    shows(() => new SharedArrayBuffer(2));
    shows(() => new DataView(new ArrayBuffer(3), 1));

    // ---- Dates, patterns, boxes ------------------------------------------------------------------------------------

    shows(() => new Date(0));
    shows(() => new Date(NaN));
    shows(() => Object.assign(new Date(1e12), { extra: 1, toISOString: 1 }));
    shows(() => /a\/b[/]/dgimsuy);
    shows(() => new RegExp(''));
    shows(() => Object.assign(/a/g, { extra: 1 }));
    shows(() => Object.defineProperty(/a/g, 'flags', { get() { throw new Error('must not run'); } }))
        .differs('the getter does not run', '/a/g');
    shows(() => [Object(1), Object(-0), Object('text'), Object(true), Object(1n), Object(Symbol('s'))]);
    shows(() => Object.assign(new String('abc'), { extra: 1, 5: 2 }));
    shows(() => new String('abc'), { showHidden: true });
    shows(() => new (class Odd extends Number {})(3));

    // ---- Functions -------------------------------------------------------------------------------------------------

    shows(() => function named() {});
    shows(() => [() => {}, function () {}]);
    shows(() => [async () => {}, async function named() {}, function* gen() {}, async function* agen() {}]);
    shows(() => Object.assign(function named() {}, { a: 1, [Symbol('s')]: 2 }));
    shows(() => ({ method() {}, arrow: () => {}, [Symbol('s')]() {} }));
    shows(() => [class A {}, class extends Foo {}, class B extends Foo {}, class {}, class C extends null {}]);
    shows(() => class A { static a = 1; static b() {} });
    shows(() => class A { static get name() { throw new Error('must not run'); } })
        .differs('the getter does not run', '[class (anonymous)]');
    shows(() => class A extends (() => Foo)() {})
        .differs('it is a class whatever stands after extends', '[class A extends Foo]');
    shows(() => withProto(class A {}, {}));
    shows(() => Object.defineProperty(() => {}, 'name', { value: 5 }));
    shows(() => (function named() {}).bind(null));
    shows(() => [Math.max, Array, Symbol, Object.prototype.toString]);
    shows(() => new Function('a', 'return a'));
    shows(() => function named() {}, { showHidden: true });
    shows(() => [(function* () {})(), (async function* () {})()]);
    shows(() => [Object.getPrototypeOf(function* () {}), (function* () {}).prototype]);

    // ---- Errors ----------------------------------------------------------------------------------------------------

    shows(() => new Error('real')).folds();
    shows(() => ({ nested: { error: new TypeError('real') } })).folds();
    shows(() => new Error('outer', { cause: new RangeError('inner') })).folds();
    shows(() => { try { null.property; } catch (error) { return error.name; } });
    shows(() => traced(new Error('m'), 'Error: m', 'a (b.js:1:2)'));
    shows(() => traced(new Error('m'), 'Error: m'));
    shows(() => ({ error: traced(new Error('m'), 'Error: m') }));
    shows(() => ({ error: Object.assign(traced(new Error('m'), 'Error: m'), { code: 1 }) }));
    shows(() => ({ error: Object.assign(traced(new Error('m'), 'Error: m', 'a', 'b'), { code: 1 }) }));
    shows(() => [traced(new Error('m'), 'Error: m', 'a', 'b')]);
    shows(() => traced(new Error('two\nlines'), 'Error: two\nlines', 'a'));
    shows(() => traced(new Error(''), 'Error', 'a'));
    shows(() => Object.assign(traced(new Error('m'), 'Error: m', 'a'), { name: 'Other', code: 'E1' }));
    shows(() => Object.assign(traced(new Error('m'), 'Other: m', 'a'), { name: 'Other', code: 'E1' }));
    shows(() => traced(new OddError('m'), 'Error: m', 'a'));
    shows(() => traced(new (class Odd extends Error {})('m'), 'Error: m', 'a'));
    shows(() => traced(new (class Odd extends TypeError {})(''), 'TypeError'));
    shows(() => traced(new (class extends Error {})('m'), 'Error: m', 'a'));
    shows(() => {
        class Odd extends Error { get [Symbol.toStringTag]() { return 'Tag'; } }
        return traced(new Odd('m'), 'Error: m', 'a');
    });
    shows(() => traced(new Error('m'), 'something else'));
    shows(() => Object.assign(new Error('m'), { stack: '' }));
    shows(() => Object.assign(new Error('m'), { stack: undefined }));
    shows(() => traced(new Error('m', { cause: 'text' }), 'Error: m', 'a'));
    shows(() => traced(new Error('m', { cause: undefined }), 'Error: m', 'a'));
    shows(() => traced(new Error('m', { cause: traced(new Error('c'), 'Error: c', 'c') }), 'Error: m', 'a'));
    shows(() => {
        const error = traced(new Error('m'), 'Error: m', 'a');
        error.cause = traced(new Error('c'), 'Error: c', 'c');
        return error;
    });
    shows(() => {
        const cause = traced(new Error('c'), 'Error: c', 'x', 'y', 'z', 'w', 'v');
        return traced(new Error('m', { cause }), 'Error: m', 'q', 'y', 'z', 'w', 'v');
    });
    shows(() => {
        const cause = traced(new Error('c'), 'Error: c', 'y', 'z', 'w', 'k');
        return traced(new Error('m', { cause }), 'Error: m', 'q', 'y', 'z', 'w', 'u');
    });
    shows(() => {
        const first = traced(new Error('c'), 'Error: c', 'c');
        return traced(new AggregateError([first, 1], 'm'), 'AggregateError: m', 'a');
    });
    shows(() => { const error = traced(new Error('m'), 'Error: m', 'a'); error.self = error; return { error }; });
    shows(() => Object.defineProperty(traced(new Error('m'), 'Error: m', 'a'), 'stack', { enumerable: true }));
    shows(() => TypeError.prototype);
    shows(() => Object.create(traced(new Error('m'), 'Error: m', 'a')));
    shows(() => traced(new Error('m'), 'Error: m', 'a'), { showHidden: true })
        .differs(
            'the engine defines message before stack',
            "Error: m\n    at a {\n  [message]: 'm',\n  [stack]: 'Error: m\\n    at a'\n}",
        );
    shows(() => new (class Odd extends Error { constructor(m) { super(m); this.name = 'Renamed'; } })('m'))
        .folds();

    // ---- Promises, proxies -----------------------------------------------------------------------------------------

    shows(() => new Promise(() => {}));
    shows(() => Promise.resolve({ a: [1, { b: 2 }] }));
    shows(() => { const rejected = Promise.reject(3); rejected.catch(() => {}); return rejected; });
    shows(() => [Object.assign(Promise.resolve('x'), { extra: 1 }), new (class Odd extends Promise {})(() => {})]);
    shows(() => new Proxy({ a: 1 }, {}));
    shows(() => new Proxy([1, 2], {}));
    shows(() => new Proxy(class A {}, {}));
    shows(() => new Proxy(new Proxy({ a: 1 }, {}), {}));
    shows(() => new Proxy(new Proxy(new Map([[1, 2]]), {}), {}))
        .differs('what stands behind both is printed', 'Map(1) { 1 => 2 }');
    shows(() => {
        const trap = () => { throw new Error('must not run'); };
        const traps = ['get', 'has', 'ownKeys', 'getPrototypeOf', 'getOwnPropertyDescriptor'];
        return [new Proxy({ a: 1 }, Object.fromEntries(traps.map((name) => [name, trap])))];
    });
    shows(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return [proxy]; });
    shows(() => new Proxy({ a: 1 }, { get() {} }), { showProxy: true });
    shows(() => [new Proxy({ a: 1 }, {})], { showProxy: true, depth: 0 });

    // ---- Circles ---------------------------------------------------------------------------------------------------

    shows(() => { const a = { x: 1 }; a.self = a; a.inner = { a }; return a; });
    shows(() => { const a = {}; const b = { a }; a.b = b; return [a, b]; });
    shows(() => { const m = new Map(); m.set(m, m); return m; });
    shows(() => { const a = []; a.push(a, [a]); return a; });
    shows(() => { const f = () => {}; f.f = f; return f; });
    shows(() => { const o = Object.assign(new Foo(), { list: [] }); o.list.push(o); return { o }; });
    shows(() => { const shared = { s: 1 }; return [shared, shared, { shared }]; });
    shows(() => {
        const world = Object.create({ [Symbol.toStringTag]: 'global' });
        return Object.assign(world, { world, setTimeout() {}, value: 1 });
    });

    // ---- Own inspect functions -------------------------------------------------------------------------------------

    shows(() => ({ [custom]: () => 'own text' }));
    shows(() => ({ a: { [custom]: () => 'two\nlines' } }));
    shows(() => ({ a: { [custom]: () => ({ b: { c: { d: 1 } } }) } }));
    shows(() => ({ a: { [custom]: () => 5 }, b: { [custom]: () => null }, c: { [custom]: () => undefined } }));
    shows(() => ({ a: { [custom](depth, options, inspect) { return [depth, options.depth, typeof inspect]; } } }));
    shows(
        () => ({ a: { [custom](depth, options, inspect) { return inspect({ x: { y: { z: {} } } }, options); } } }),
        { depth: 1 },
    );
    shows(() => ({ a: { [custom](depth, options) { return options.stylize('text', 'string'); } } }), { colors: true });
    shows(() => ({ a: { [custom]() { return this; } } }));
    shows(() => ({ [custom]: 'not a function' }));
    shows(() => ({ [custom]: () => 'own text', a: 1 }), { customInspect: false });
    shows(() => { class A { [custom]() { return 'mine'; } } return [new A(), A.prototype]; });
    shows(() => new Proxy({ [custom]: () => 'behind' }, {}));
    shows(() => [1, { [custom]() { throw new Error('no text'); } }, 2])
        .differs('what throws is printed in its place', '[ 1, <Inspection threw (no text)>, 2 ]');
    shows(() => ({ [custom]() { throw null; } }))
        .differs('what throws is printed in its place', '<Inspection threw (null)>');

    // ---- Colours ---------------------------------------------------------------------------------------------------

    shows(() => [1, -0, 1n, 'text', true, null, undefined, Symbol('s'), new Date(0), /a/], { colors: true });
    shows(
        () => ({ a: 1, 'b-c': 'text', [Symbol('s')]: () => {}, get g() { return 1; }, n: { m: { o: { p: 1 } } } }),
        { colors: true },
    );
    shows(
        () => [, new Map([['a', 1]]), new Set([1]), new WeakSet(), Promise.resolve(1), class A {}, Object(1)],
        { colors: true },
    );
    shows(() => range(30), { colors: true });
    shows(() => range(30, (i) => `text ${i}`), { colors: true });
    shows(() => { const a = { list: [] }; a.list.push(a); return a; }, { colors: true });
    shows(() => Object.assign(() => {}, { a: 1 }), { colors: true });
    shows(() => 'a line of text\n'.repeat(8), { colors: true });
    shows(
        () => {
            const frames = ['a (/x/node_modules/pkg/a.js:1:2)', 'b (/x/node_modules/@s/p/b.js:1:2)', 'node:fs:1:2'];
            return traced(new Error('m'), 'Error: m', ...frames);
        },
        { colors: true },
    );
    shows(() => new ArrayBuffer(2), { colors: true });
    shows(() => ({ get a() { return 1; }, get b() { throw new Error('no'); } }), { colors: true, getters: true });

    // ---- format ----------------------------------------------------------------------------------------------------

    prints(() => []);
    prints(() => ['text', 'and more']);
    prints(() => ['text', 1, -0, 2n, true, null, undefined, Symbol('s')]);
    prints(() => [{ a: 'text' }, ['text'], 'text']);
    prints(() => [1, '%s', 2]);
    prints(() => ['%s is %d years and %i months, %f', 'Bob', 42.5, 3.9, '1.5kg']);
    prints(() => ['%s %s %s %s', 'text', -0, 5n, Symbol('s')]);
    prints(() => ['%s %s %s', null, undefined, true]);
    prints(() => ['%s|%s|%s', { a: { b: 1 } }, [1, [2, [3]]], new Foo()]);
    prints(() => ['%s|%s', new Written(), new (class extends Written {})()]);
    prints(() => ['%s|%s|%s', new Date(0), /re/g, new Map([[1, 2]])]);
    prints(() => ['%s', traced(new OddError('m'), 'Error: m', 'a')]);
    prints(() => ['%s|%s', function named() { return 1; }, class A { static toString() { return 'static'; } }]);
    prints(() => ['%s', { [Symbol.toPrimitive]: () => 'primitive' }]);
    prints(() => ['%s|%s', Object.create(null), { toString: 5 }]);
    prints(() => ['%s', new Proxy(new Written(), {})]);
    prints(() => ['%d|%d|%d|%d|%d', '0x10', 'text', 5n, {}, Symbol('s')]);
    prints(() => ['%i|%i|%i|%i', '42.9px', 'text', 5n, {}]);
    prints(() => ['%f|%f|%f', '4.5e3x', 'text', Symbol('s')]);
    prints(() => ['%d', Object.create(null)]).differs('what has no number is NaN', 'NaN');
    prints(() => ['%j|%j|%j', { a: [1, 'x'] }, 'text', undefined]);
    prints(() => { const a = {}; a.a = a; return ['%j', a]; });
    prints(() => ['%j', { toJSON() { throw new Error('no JSON'); } }])
        .differs('what throws is printed in its place', '<Inspection threw (no JSON)>');
    prints(() => ['%s!', { toString() { throw new Error('no text'); } }])
        .differs('what throws is printed in its place', '<Inspection threw (no text)>!');
    prints(() => ['%o', [1, { f() {} }]]);
    prints(() => ['%o', { a: { b: { c: { d: { e: 1 } } } } }]);
    prints(() => ['%O', { a: { b: { c: { d: 1 } } } }]);
    prints(() => ['%cstyled%c text', 'color: red', '']);
    prints(() => ['%%']);
    prints(() => ['%% %s %%', 'x']);
    prints(() => ['%%s', 'x']);
    prints(() => ['100%', 'x']);
    prints(() => ['%x %5d', 1, 2]);
    prints(() => ['%s %s', 'only one']);
    prints(() => ['%s', 'first', 'rest', { a: 'rest' }]);
    prints(() => ['two\nlines', { a: 'two\nlines' }]);

    return cases;
})()
