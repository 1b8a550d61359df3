package dev.corona.js.graal.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;
import java.util.StringJoiner;

/** JSON.parse and JSON.stringify do what the engine's do: each program runs in a world with them and in one without. */
class JsonBuiltinsTest {
    /** What a value looks like to a program: kinds, order of keys, signs of zeros, own properties. */
    private static final String SHOW =
            """
            globalThis.show = function show(v) {
              if (Object.is(v, -0)) return '-0';
              if (typeof v === 'string') return 's' + v.length + ':' + [...v].map((c) => c.codePointAt(0)).join(',');
              if (typeof v !== 'object' || v === null) return typeof v + ':' + String(v);
              if (Array.isArray(v)) return '[' + v.map(show).join(';') + ']' + Object.keys(v).length;
              const entries = Reflect.ownKeys(v).map((k) => String(k) + '=' + show(v[k]) + JSON.stringify(
                Object.getOwnPropertyDescriptor(v, k), (key, value) => (key === 'value' ? 0 : value)));
              return (Object.getPrototypeOf(v) === Object.prototype ? '{' : '?{') + entries.join(';') + '}';
            };
            globalThis.attempt = (f) => { try { return show(f()); } catch (e) { return e.name + ': ' + e.message; } };
            """;

    private static Context plain;
    private static Context fast;

    @BeforeAll
    static void createWorlds() {
        plain = world();
        fast = fastWorld();
    }

    private static Context fastWorld() {
        Context world = world();
        world.enter();
        JsonBuiltins.install();
        world.leave();
        return world;
    }

    private static Context world() {
        Context context =
                Context.newBuilder("js")
                        .allowExperimentalOptions(true)
                        .option("engine.WarnInterpreterOnly", "false")
                        .build();
        context.eval("js", SHOW);
        return context;
    }

    @AfterAll
    static void closeWorlds() {
        plain.close();
        fast.close();
    }

    private static void assertSame(String expression) {
        String program = "attempt(() => (" + expression + "))";
        assertThat(run(fast, program)).as(expression).isEqualTo(run(plain, program));
    }

    private static String run(Context world, String program) {
        try {
            return world.eval("js", program).asString();
        } catch (PolyglotException e) {
            return "does not run: " + e.getMessage();
        }
    }

    private static void assertParsedAlike(String json) {
        assertSame("JSON.parse(" + quoted(json) + ")");
    }

    private static String quoted(String text) {
        StringBuilder literal = new StringBuilder("'");
        for (char c : text.toCharArray()) literal.append("\\u%04x".formatted((int) c));
        return literal.append("'").toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "-1",
                "0",
                "-0",
                "-0.0",
                "0.5",
                "1e3",
                "1E+2",
                "1e-7",
                "1.0",
                "123456789012345678",
                "2147483647",
                "2147483648",
                "-2147483648",
                "-2147483649",
                "0.1",
                "99.75",
                "1e400",
                "-1e400",
                "5e-324",
                "1e-400",
                "9007199254740993",
                "0.30000000000000004",
                "179769313486231570000",
                "123456.789e-3",
                "1e22",
                "1e23",
                "true",
                "false",
                "null",
                "\"\"",
                "\"abc\"",
                "\"\\u00e9\\n\\t\\/\\\\\\\"\"",
                "\"\\ud800\"",
                "\"\\ud83d\\ude00\"",
                "\"\u00e9\u4e2d\"",
                "\"\u007f\u2028\"",
                "[]",
                "{}",
                " [ 1 , 2 ] ",
                "[1,2.5]",
                "[1.5,2.5]",
                "[1,\"a\",null,[],{}]",
                "{\"a\":1}",
                "{\"a\":1,\"b\":2}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,\"b\":2,\"a\":{\"c\":3}}",
                "{\"__proto__\":1}",
                "{\"__proto__\":{\"x\":1},\"y\":2}",
                "{\"1\":1,\"0\":2,\"x\":3}",
                "{\"x\":1,\"2\":2,\"01\":3,\"-1\":4}",
                "{\"\":1,\" \":2}",
                "{\"a\\u0062\":1,\"ab\":2}",
                "{\"toString\":1,\"constructor\":2,\"length\":3}",
                "{\"\\u0031\":1,\"0\":2}",
                "\t\n\r 1 \t\n\r",
                "{ \"a\" : { \"b\" : [ { \"c\" : null } ] } }"
            })
    void parsesAsTheEngineDoes(String json) {
        assertParsedAlike(json);
        assertParsedAlike(json);
        assertParsedAlike("[" + json + "," + json + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "01",
                "-",
                "+1",
                "1.",
                ".5",
                "1e",
                "1e+",
                "0x10",
                "NaN",
                "Infinity",
                "tru",
                "truee",
                "nul",
                "undefined",
                "\"",
                "\"a",
                "\"\\",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"a\nb\"",
                "\"\u0000\"",
                "'a'",
                "[",
                "[1",
                "[1,",
                "[1,]",
                "[,1]",
                "[1 2]",
                "]",
                "{",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "{\"a\":1,}",
                "{a:1}",
                "{\"a\" 1}",
                "{\"a\":1 \"b\":2}",
                "{1:2}",
                "1 2",
                "[1]]",
                "\u00a01",
                "\ufeff1",
                "\u000b1",
                "//",
                "{\"a\":\"\\u000\"}",
                "--1"
            })
    void refusesWithTheMessageOfTheEngine(String json) {
        assertParsedAlike(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "undefined",
                "null",
                "true",
                "1",
                "-0",
                "0.5",
                "NaN",
                "Infinity",
                "1e21",
                "1e-7",
                "123456789.123",
                "0.1+0.2",
                "1/3",
                "-99.75",
                "5e-324",
                "1.7976931348623157e308",
                "100000",
                "0.001",
                "0.0001",
                "999999999.5",
                "2**53",
                "2**31",
                "-(2**31)",
                "1.005",
                "4.35",
                "0.07",
                "1234567.1",
                "'text'",
                "'\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001f\\u007f'",
                "'\\ud800'",
                "'\\udc00\\ud800'",
                "'\\ud83d\\ude00'",
                "'\\u2028é中'",
                "[]",
                "{}",
                "[undefined, null, () => 1, Symbol('x')]",
                "({a: undefined, b: () => 1, c: Symbol('x'), d: 1})",
                "[1,,3]",
                "[,]",
                "new Array(3)",
                "Object.assign([1], {x: 2})",
                "({a: [1, {b: 2}], c: 'd'})",
                "({2: 1, b: 2, 1: 3})",
                "({get a() { return 1; }})",
                "new Date(0)",
                "({toJSON() { return 5; }})",
                "({a: {toJSON: (k) => k}})",
                "new Map([[1, 2]])",
                "new Set([1])",
                "new (class A { x = 1; #y = 2; })()",
                "new (class B { toJSON() { return 'B'; } })()",
                "Object.create({inherited: 1}, {own: {value: 2, enumerable: true}, hidden: {value: 3}})",
                "Object.create(null)",
                "Object.assign(Object.create(null), {a: 1})",
                "new Number(3)",
                "new String('s')",
                "Object(true)",
                "/x/",
                "new Error('e')",
                "new Proxy({a: 1}, {})",
                "new Proxy([1, 2], {})",
                "new Uint8Array([1, 2])",
                "1n",
                "({a: 1n})",
                "(() => { const a = {}; a.a = a; return a; })()",
                "Object.freeze({a: 1})",
                "Object.freeze([1, 2])",
                "(function () { return arguments; })(1, 2)",
                "Math",
                "JSON",
                "({[Symbol('s')]: 1, a: 2})",
                "({['__proto__']: 1})",
                "globalThis.nothing",
                "Object.setPrototypeOf([1], null)",
                "new (class C extends Array {})(3)",
                "Symbol('x')",
                "() => 1",
                "({'a\"b': 1, 'é': 2, '\\ud800': 3})"
            })
    void writesAsTheEngineDoes(String value) {
        assertSame("JSON.stringify(" + value + ")");
        assertSame("JSON.stringify(" + value + ")");
        assertSame("JSON.stringify({k: [" + value + "], l: " + value + "})");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "JSON.parse()",
                "JSON.parse(undefined)",
                "JSON.parse(12)",
                "JSON.parse(['[1]'])",
                "JSON.parse({toString: () => '{\"a\":1}'})",
                "JSON.parse('[1,2]', (k, v) => (k === '' ? v : v + 1))",
                "JSON.parse('{\"a\":1}', undefined)",
                "JSON.parse('1', 5)",
                "JSON.stringify()",
                "JSON.stringify({a: [1]}, null, 2)",
                "JSON.stringify({a: 1, b: 2}, ['b'])",
                "JSON.stringify({a: 1}, (k, v) => (k ? v + 1 : v))",
                "JSON.stringify({a: 1}, undefined, undefined)",
                "JSON.stringify({a: 1}, null)",
                "JSON.parse.name",
                "JSON.parse.length",
                "JSON.stringify.name",
                "JSON.stringify.length",
                "Object.getOwnPropertyDescriptor(JSON, 'parse').enumerable",
                "Object.getOwnPropertyDescriptor(JSON, 'stringify').writable",
                "Object.keys(JSON)",
                "String(JSON.parse)",
                "new JSON.parse('1')",
                "const_is_not_an_expression",
                "(0, JSON.parse)('[1]')",
                "JSON.stringify(JSON.rawJSON ? JSON.rawJSON('1') : 1)"
            })
    void hasTheRestOfTheContract(String expression) {
        assertSame(expression);
    }

    @Test
    void leavesDeepTextAndDeepDataToTheEngine() {
        assertSame("JSON.parse('['.repeat(600) + ']'.repeat(600)).length");
        assertSame("JSON.parse('{\"a\":'.repeat(600) + '1' + '}'.repeat(600)).a.a.a !== undefined");
        assertSame(
                "(() => { let v = 1; for (let i = 0; i < 600; i++) v = [v]; return JSON.stringify(v); })()");
    }

    @Test
    void seesToJsonThatComesLater() {
        assertSame(
                "[JSON.stringify([{a: 1}]), (Object.prototype.toJSON = () => 7, JSON.stringify({a: 1})), delete Object.prototype.toJSON, JSON.stringify({a: 1})]");
        assertSame(
                "[JSON.stringify([1]), (Array.prototype.toJSON = () => 8, JSON.stringify([1])), delete Array.prototype.toJSON, JSON.stringify([1])]");
        assertSame(
                "(() => { class P { x = 1; } const p = new P(); const before = JSON.stringify(p); P.prototype.toJSON = () => 9; return [before, JSON.stringify(p)]; })()");
        assertSame(
                "(() => { const o = {a: 1}; const r = [JSON.stringify(o)]; o.toJSON = () => 3; r.push(JSON.stringify(o)); delete o.toJSON; r.push(JSON.stringify(o)); return r; })()");
    }

    @Test
    void readsHolesThroughThePrototype() {
        assertSame(
                "(() => { Array.prototype[1] = 'p'; try { return JSON.stringify([1, , 3]); } finally { delete Array.prototype[1]; } })()");
    }

    @Test
    void manyMembersAndManyKindsOfObject() {
        assertSame(
                "JSON.parse('{' + Array.from({length: 3000}, (_, i) => '\"k' + i + '\":' + i).join() + '}')");
        assertSame(
                "Array.from({length: 6000}, (_, i) => JSON.parse('{\"k' + i + '\":' + i + ',\"z\":1}')).length");
        assertSame("JSON.stringify(Array.from({length: 3000}, (_, i) => ({['k' + i]: i})))");
        assertSame(
                "Array.from({length: 40}, (_, i) => JSON.parse('{\"a\":1,\"b' + i % 20 + '\":2,\"c\":' + (i % 3 ? i : i / 4) + '}'))");
    }

    @Test
    void objectsMayChangeAfterwards() {
        assertSame(
                "(() => { const list = JSON.parse('[{\"a\":1},{\"a\":2.5},{\"a\":\"s\"},{\"a\":null}]'); list[0].b = 2; list[1].a = 'x'; delete list[2].a; list.push(1); return list; })()");
        assertSame(
                "(() => { const list = JSON.parse('[1,2,3]'); list[5] = 'x'; list.length = 4; list[0] = 1.5; return list; })()");
    }

    @Test
    void randomTextsParseAndWriteAlike() {
        assertRandomTextsAlike(Long.getLong("corona.seed", System.nanoTime()), fast);
    }

    /** A nested object changed what was known of its parent's members, and a fraction was written as a whole number. */
    @Test
    void nestedObjectsMayChangeWhatIsKnownOfTheirParents() {
        try (Context fresh = fastWorld()) {
            assertRandomTextsAlike(10408410025791L, fresh);
        }
    }

    private static void assertRandomTextsAlike(long seed, Context fast) {
        Random random = new Random(seed);
        for (int batch = 0; batch < 30; batch++) {
            StringJoiner texts = new StringJoiner(",", "[", "]");
            for (int i = 0; i < 100; i++) texts.add(quoted(randomText(random)));
            String program =
                    "%s.map((t) => t + attempt(() => JSON.parse(t)) + attempt(() => JSON.stringify(JSON.parse(t)))).join('\\n')"
                            .formatted(texts);
            assertThat(run(fast, program)).as("seed %d", seed).isEqualTo(run(plain, program));
        }
    }

    private static String randomText(Random random) {
        String json = RandomJson.text(random, 4);
        return random.nextInt(5) == 0 ? RandomJson.damage(random, json) : json;
    }

    @Test
    void randomNumbersAreWrittenAlike() {
        long seed = Long.getLong("corona.seed", System.nanoTime());
        String program =
                """
                (() => {
                  let state = %dn, text = '';
                  const next = () => { state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn; return Number(state >> 32n); };
                  for (let i = 0; i < 20000; i++) {
                    const whole = next() %% 10 ** (i %% 10), decimals = i %% 8;
                    const n = (next() %% 2 ? -1 : 1) * whole / 10 ** decimals + (i %% 11 === 0 ? next() / 2 ** 40 : 0);
                    text += JSON.stringify(n) + ' ' + (JSON.parse(String(n)) === n) + '\\n';
                  }
                  return text;
                })()
                """
                        .formatted(Math.abs(seed));
        assertThat(run(fast, program)).as("seed %d", seed).isEqualTo(run(plain, program));
    }
}
