package dev.corona.js;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.graalvm.polyglot.proxy.ProxyObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What {@code inspect} and {@code format} print, compared with what Node prints: {@code inspect/cases.js} holds the
 * values, {@code inspect/golden.json} Node's texts, which {@code inspect/golden.js} writes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InspectTest {

    private final Engine engine =
            Engine.newBuilder("js")
                    .allowExperimentalOptions(true)
                    .option("engine.WarnInterpreterOnly", "false")
                    .build();
    private final Context context = newContext();
    private Value api;
    private Value watch;
    private Value fold;
    private Value golden;
    private List<Value> cases;

    private Context newContext() {
        return Context.newBuilder("js")
                .engine(engine)
                .allowExperimentalOptions(true)
                .allowHostAccess(HostAccess.ALL)
                .option("js.ecmascript-version", "staging")
                .option("js.v8-compat", "true")
                .option("js.stack-trace-api", "true")
                .option("js.esm-eval-returns-exports", "true")
                .build();
    }

    @BeforeAll
    void load() {
        Value testHost = evaluate(context, "/inspect/host.js");
        watch = testHost.getMember("watch");
        api = inspectApi(context, testHost.getMember("host"));
        fold = evaluate(context, "/inspect/fold.js");
        golden = context.eval("js", "JSON.parse").execute(read("/inspect/golden.json"));
        cases = elements(evaluate(context, "/inspect/cases.js"));
    }

    @AfterAll
    void close() {
        context.close();
        engine.close();
    }

    @TestFactory
    Stream<DynamicTest> printsAsNodeDoes() {
        return cases.stream().map(test -> dynamicTest(title(test), () -> check(test)));
    }

    private void check(Value test) {
        Value made = test.getMember("make").execute();
        watch.execute(made); // its promise jobs run when control is back here
        String text = test.getMember("print").execute(made, api).asString();
        if (test.getMember("folds").asBoolean()) {
            text = fold.execute(text).asString();
        }
        assertThat(text).isEqualTo(expected(test));
    }

    private String expected(Value test) {
        Value differs = test.getMember("differs");
        return differs.isNull() ? node(test) : differs.getMember("expected").asString();
    }

    private String node(Value test) {
        assertThat(golden.getMemberKeys())
                .as("golden.json is older than cases.js: run golden.js")
                .contains(title(test));
        return golden.getMember(title(test)).asString();
    }

    private static String title(Value test) {
        return test.getMember("title").asString();
    }

    @Test
    void differsFromNodeInFewerThanOneOfTwentyCases() {
        List<Value> different =
                cases.stream().filter(test -> !test.getMember("differs").isNull()).toList();
        assertThat(cases).hasSizeGreaterThan(200);
        assertThat(different).hasSizeLessThanOrEqualTo(cases.size() / 20);
    }

    @Test
    void namesOnlyDifferencesThatThereAre() {
        for (Value test : cases) {
            Value differs = test.getMember("differs");
            if (!differs.isNull()) {
                assertThat(differs.getMember("because").asString()).as(title(test)).isNotBlank();
                assertThat(differs.getMember("expected").asString())
                        .as(title(test))
                        .isNotEqualTo(node(test));
            }
        }
    }

    @Test
    void keepsNoGoldenTextWithoutItsCase() {
        assertThat(cases.stream().map(InspectTest::title))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(golden.getMemberKeys());
    }

    @Test
    void printsModuleNamespaces() throws IOException {
        Value namespace =
                context.eval(
                        Source.newBuilder(
                                        "js",
                                        "export const a = 1; export default class B {}",
                                        "ns.mjs")
                                .mimeType("application/javascript+module")
                                .build());
        assertThat(inspect(api, namespace))
                .isEqualTo("[Module: null prototype] { a: 1, default: [class B] }");
    }

    @Test
    void printsTheGlobalObject() {
        assertThat(inspect(api, context.eval("js", "globalThis.self = globalThis")))
                .startsWith("<ref *1> Object [global] {")
                .contains("self: [Circular *1]");
    }

    @Test
    void printsJavaObjectsInTheWordsOfTheHost() {
        Value withJava =
                inspectApi(
                        context,
                        ProxyObject.fromMap(
                                Map.of(
                                        "isHostObject",
                                                (ProxyExecutable)
                                                        arguments -> arguments[0].isHostObject(),
                                        "hostToString",
                                                (ProxyExecutable)
                                                        arguments ->
                                                                "Java: "
                                                                        + arguments[0]
                                                                                .asHostObject())));
        Value holder = context.eval("js", "(list) => ({ list })").execute(List.of(1, 2));
        assertThat(inspect(withJava, holder)).isEqualTo("{ list: Java: [1, 2] }");
        assertThat(withJava.getMember("format").execute("%s", List.of(3)).asString())
                .isEqualTo("Java: [3]");
    }

    @Test
    void survivesStackOverflowInDeepObjects() {
        Value deep =
                context.eval("js", "let o = {}; for (let i = 0; i < 100000; i++) o = { o }; o");
        Value options = context.eval("js", "({ depth: Infinity })");
        assertThat(api.getMember("inspect").execute(deep, options).asString())
                .contains(
                        "[Object: Inspection interrupted prematurely. Maximum call stack size exceeded.]");
    }

    @Test
    void leavesObjectsAsTheyWere() {
        Value text =
                context.eval(
                                "js",
                                """
            (inspect) => {
                const iterator = [1, 2][Symbol.iterator]();
                const pattern = /a/g;
                pattern.lastIndex = 3;
                const before = JSON.stringify(Object.getOwnPropertyDescriptors(pattern));
                inspect([iterator, pattern, new Map([[1, iterator]])]);
                return `${iterator.next().value} ${JSON.stringify(Object.getOwnPropertyDescriptors(pattern)) === before}`;
            }
            """)
                        .execute(api.getMember("inspect"));
        assertThat(text.asString()).isEqualTo("1 true");
    }

    @Test
    void loadsNothingMoreForStringsAndNumbers() {
        List<String> loaded = new ArrayList<>();
        Value lazy =
                evaluate(context, "/dev/corona/js/inspect.js").execute(null, part(context, loaded));
        assertThat(lazy.getMember("format").execute("port", 8080, true, "100%").asString())
                .isEqualTo("port 8080 true 100%");
        assertThat(loaded).isEmpty();
        lazy.getMember("format").execute("%s", 1);
        assertThat(loaded).contains("values", "format").doesNotHaveDuplicates();
    }

    @Test
    void usesColorsInFormatWhereTheHostDoes() {
        Value colored = inspectApi(context, ProxyObject.fromMap(Map.of("color", true)));
        assertThat(colored.getMember("format").execute("text", 1).asString())
                .isEqualTo("text \u001b[33m1\u001b[39m");
    }

    /** Without a host the state of promises, proxies and iterators cannot be seen; printing still works. */
    @Test
    void printsWhatItCanWithoutHost() {
        try (Context bare = newContext()) {
            Value bareApi = inspectApi(bare, null);
            assertThat(
                            inspect(
                                    bareApi,
                                    bare.eval(
                                            "js",
                                            """
                const trap = () => { throw new Error('trapped'); };
                const { proxy, revoke } = Proxy.revocable({}, {});
                revoke();
                [Promise.resolve(1), new Map([[1, 2]]).keys(), new Proxy({ a: 1 }, {}), new Proxy({}, { get: trap }), proxy]
                """)))
                    .isEqualTo(
                            """
                        [
                          Promise { <state unknown> },
                          [Map Iterator] { <items unknown> },
                          { a: 1 },
                          <Inspection threw (trapped)>,
                          <Inspection threw (Cannot perform 'get' on a proxy that has been revoked)>
                        ]\
                        """);
            assertThat(
                            bare.eval("js", "(inspect, list) => inspect({ list })")
                                    .execute(bareApi.getMember("inspect"), List.of(1))
                                    .asString())
                    .startsWith("{");
        }
    }

    @Test
    void offersItsSettings() {
        Value inspect = api.getMember("inspect");
        assertThat(
                        context.eval(
                                        "js",
                                        "(inspect) => inspect.custom === Symbol.for('nodejs.util.inspect.custom')")
                                .execute(inspect)
                                .asBoolean())
                .isTrue();
        assertThat(inspect.getMember("defaultOptions").getMember("depth").asInt()).isEqualTo(2);
        assertThat(inspect.execute(context.eval("js", "({ a: { b: 1 } })"), false, 0).asString())
                .isEqualTo("{ a: [Object] }");
        assertThat(Set.of("styles", "colors")).allMatch(inspect::hasMember);
    }

    private static String inspect(Value api, Value value) {
        return api.getMember("inspect").execute(value).asString();
    }

    private static Value inspectApi(Context context, Object host) {
        return evaluate(context, "/dev/corona/js/inspect.js")
                .execute(host, part(context, new ArrayList<>()));
    }

    private static ProxyExecutable part(Context context, List<String> loaded) {
        return arguments -> {
            String name = arguments[0].asString();
            loaded.add(name);
            return evaluate(context, "/dev/corona/js/inspect-" + name + ".js");
        };
    }

    private static Value evaluate(Context context, String resource) {
        return context.eval(Source.newBuilder("js", read(resource), resource).buildLiteral());
    }

    private static List<Value> elements(Value array) {
        return Stream.iterate(0L, i -> i < array.getArraySize(), i -> i + 1)
                .map(array::getArrayElement)
                .toList();
    }

    private static String read(String resource) {
        try (InputStream in = InspectTest.class.getResourceAsStream(resource)) {
            assertThat(in).as("resource %s", resource).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
