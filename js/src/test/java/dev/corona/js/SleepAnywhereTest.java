package dev.corona.js;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** Suspending under calls of the engine itself. */
class SleepAnywhereTest {
    private Project project;

    @BeforeEach
    void open(@TempDir Path folder) {
        project = new Project(folder);
    }

    private void prints(String script, String expected) {
        assertThat(project.script(script)).isEqualTo(new Project.Result(0, expected, ""));
    }

    @Test
    void underArrayMethodsAndSort() {
        prints(
                """
                const nap = (v) => { sleep(1); return v; };
                console.log([3, 1, 2].sort((a, b) => { sleep(0); return a - b; }).join());
                console.log([1, 2, 3].map(nap).filter(nap).reduce((a, b) => nap(a + b)));
                console.log(Array.from({ length: 3 }, (_, i) => nap(i)).join(), [1, 2].flatMap((x) => nap([x, x])).join());
                console.log([5, 6].findLast((x) => nap(x === 5)), [1].some(nap), Object.groupBy([1, 2, 3], (n) => nap(n % 2 ? 'odd' : 'even')).odd.join());
                new Map([[1, 2]]).forEach((v, k) => console.log(nap(k), v));
                new Set(['s']).forEach((v) => console.log(nap(v)));
                Int32Array.of(2, 1).sort((a, b) => nap(a - b)).forEach((v) => console.log(nap(v)));
                """,
                """
                1,2,3
                6
                0,1,2 1,1,2,2
                5 true 1,3
                1 2
                s
                1
                2
                """);
    }

    @Test
    void underStringReplaceAndJson() {
        prints(
                """
                const nap = (v) => { sleep(1); return v; };
                console.log('a-b-c'.replace(/[a-z]/g, (m) => nap(m.toUpperCase())), 'x.y'.replaceAll('.', () => nap('!')));
                console.log(JSON.stringify({ a: { toJSON: () => nap('json') }, b: 1 }, (k, v) => nap(v)));
                console.log(JSON.parse('[1,{"x":2}]', (k, v) => nap(typeof v === 'number' ? v + 1 : v))[1].x);
                console.log(`${{ toString: () => nap('template') }}`, +{ valueOf: () => nap(7) }, `${{ [Symbol.toPrimitive]: () => nap('p') }}`);
                """,
                """
                A-B-C x!y
                {"a":"json","b":1}
                3
                template 7 p
                """);
    }

    @Test
    void underProxyTrapsGettersSettersAndConstructors() {
        prints(
                """
                const nap = (v) => { sleep(1); return v; };
                const proxy = new Proxy({}, {
                  get: (t, key) => nap('got ' + String(key)), has: () => nap(true), ownKeys: () => nap(['k']),
                  getOwnPropertyDescriptor: () => nap({ value: 1, enumerable: true, configurable: true }),
                });
                console.log(proxy.x, 'y' in proxy, Object.keys(proxy).join());
                console.log(new Proxy(class {}, { construct: () => nap({ made: true }) }).length, new (new Proxy(class {}, { construct: () => nap({ made: true }) }))().made);
                class Lazy {
                  #v;
                  field = nap('field');
                  static s = nap('static');
                  constructor() { sleep(1); this.#v = 1; }
                  get v() { return nap(this.#v); }
                  set v(x) { sleep(1); this.#v = x; }
                }
                class Sub extends Lazy { constructor() { sleep(1); super(); sleep(1); } }
                const lazy = new Sub();
                lazy.v = 5;
                console.log(lazy.v, lazy.field, Lazy.s);
                console.log(Reflect.apply(nap, null, ['applied']), nap.call(null, 'called'), nap.bind(null, 'bound')());
                """,
                """
                got x true k
                0 true
                5 field static
                applied called bound
                """);
    }

    @Test
    void inGeneratorsIteratorsAndDestructuring() {
        prints(
                """
                const nap = (v) => { sleep(1); return v; };
                function* inner() { yield nap(1); try { yield nap(2); } finally { nap(0); console.log('cleaned'); } }
                function* outer() { yield* inner(); yield nap(3); }
                console.log([...outer()].join());
                for (const x of inner()) { if (x === 2) break; }
                const iterable = { [Symbol.iterator]() { let i = 0; return { next: () => nap({ done: i === 2, value: i++ }), return: () => nap({}) }; } };
                const [first] = iterable;
                console.log(first, ...iterable, Math.max(...iterable));
                const { a = nap('default') } = {};
                console.log(a, inner().map((x) => nap(x * 10)).take(1).toArray().join());
                label: for (const x of iterable) { switch (nap(x)) { case 1: break label; default: continue; } }
                """,
                """
                cleaned
                1,2,3
                cleaned
                0 0 1 1
                default 10
                """);
    }

    @Test
    void inFinallyCatchTaggedTemplatesEvalAndOptionalCalls() {
        prints(
                """
                const nap = (v) => { sleep(1); return v; };
                function tricky() {
                  try { throw nap(1); } catch (e) { sleep(1); return nap(e + 1); } finally { sleep(1); console.log('finally'); }
                }
                console.log(tricky());
                const tag = (parts, ...values) => nap(parts.join('_') + values.join());
                console.log(tag`a${nap(1)}b${2}`);
                console.log(eval('nap(3)'), new Function('nap', 'return nap(4)')(nap), (0, eval)('sleep(1), 5'));
                console.log(globalThis?.nap?.(1) ?? nap('missing'));
                console.log([1, 2, 3].at(nap(-1)), Math.max(nap(1), nap(2)));
                """,
                """
                finally
                2
                a_b_1,2
                3 4 5
                missing
                3 2
                """);
    }

    @Test
    void manyCoroutinesInterleaveUnderTheSameBuiltin() {
        prints(
                """
                const sorted = Array.from({ length: 50 }, (_, i) => spawn(() => {
                  const items = [5, 3, 9, 1].map((x) => x + i);
                  return items.sort((a, b) => { sleep(0); return a - b; }).join();
                }));
                console.log(sorted.every((f, i) => f.value === [1, 3, 5, 9].map((x) => x + i).join()));
                const keys = Array.from({ length: 20 }, (_, i) => spawn(() => JSON.stringify({ n: { toJSON() { sleep(i % 3); return i; } } })));
                console.log(keys.map((f) => f.value).join(''));
                """,
                """
                true
                {"n":0}{"n":1}{"n":2}{"n":3}{"n":4}{"n":5}{"n":6}{"n":7}{"n":8}{"n":9}{"n":10}{"n":11}{"n":12}{"n":13}{"n":14}{"n":15}{"n":16}{"n":17}{"n":18}{"n":19}
                """);
    }

    @Test
    void deepInARecursion() {
        prints(
                """
                function dig(n) { if (n === 0) { sleep(2); return 0; } return 1 + dig(n - 1); }
                console.log(Array.from({ length: 20 }, (_, i) => spawn(dig, 100 * i)).map((f) => f.value).join());
                """,
                """
                0,100,200,300,400,500,600,700,800,900,1000,1100,1200,1300,1400,1500,1600,1700,1800,1900
                """);
    }
}
