package dev.corona.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corona.Generator;
import dev.corona.snapshot.Snapshot;
import dev.corona.snapshot.SnapshotOptions;
import dev.corona.snapshot.Snapshots;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random programs go on with equal results after any number of journeys through bytes and of copies. */
class SnapshotRandomTest {
    private static final int PROGRAMS = Integer.getInteger("corona.snapshot.programs", 12);
    private static final int BODIES = 4;

    /** Writes programs: some bodies that yield, call and delegate to each other, over variables of many types. */
    private static final class Writer {
        private final Random random;
        private int variables;

        Writer(Random random) {
            this.random = random;
        }

        String program() {
            StringBuilder text = new StringBuilder("class P {\n");
            text.append("record Pair(Object a, long b) {}\nint field = 3;\n");
            text.append("static Generator<Object> make() { return new P().body0(3); }\n");
            for (int i = 0; i < BODIES; i++) {
                text.append("Generator<Object> body")
                        .append(i)
                        .append("(int n) { return Generator.of(out -> {\n");
                text.append("if (n <= 0) { out.yield(\"leaf\"); return; }\n");
                block(text, 3, "n", i);
                text.append("}); }\n");
                text.append("int step")
                        .append(i)
                        .append("(Generator.Yielder<Object> out, int n) {\n");
                text.append("if (n <= 0) return n;\n");
                block(text, 2, "n", i);
                text.append("return n * 2 + field; }\n");
            }
            return text.append("}\n").toString();
        }

        private void block(StringBuilder text, int depth, String n, int self) {
            int count = 2 + random.nextInt(3);
            for (int i = 0; i < count; i++) statement(text, depth, n, self);
        }

        private void statement(StringBuilder text, int depth, String n, int self) {
            int v = variables++;
            switch (random.nextInt(depth > 0 ? 14 : 9)) {
                case 0 ->
                        add(
                                text,
                                "long l%d = %s * 3L; out.yield(l%d); l%d++; out.yield(l%d + \"l\");",
                                v,
                                n,
                                v,
                                v,
                                v);
                case 1 ->
                        add(
                                text,
                                "double d%d = %s / 4.0; float f%d = %s; out.yield(d%d + f%d);",
                                v,
                                n,
                                v,
                                n,
                                v,
                                v);
                case 2 ->
                        add(
                                text,
                                "var list%d = new ArrayList<Object>(List.of(%s, \"x\")); out.yield(list%d.size()); list%d.add(new Pair(list%d.get(0), %s)); out.yield(list%d.toString());",
                                v,
                                n,
                                v,
                                v,
                                v,
                                n,
                                v);
                case 3 ->
                        add(
                                text,
                                "var map%d = new HashMap<String, Object>(); map%d.put(\"k\" + %s, field); out.yield(map%d.get(\"k\" + %s)); map%d.put(\"self\", map%d); out.yield(map%d.get(\"self\") == map%d);",
                                v,
                                v,
                                n,
                                v,
                                n,
                                v,
                                v,
                                v,
                                v);
                case 4 ->
                        add(
                                text,
                                "int[] ints%d = {%s, 2}; ints%d[step%d(out, %s - 2) & 1] += 5; out.yield(Arrays.toString(ints%d));",
                                v,
                                n,
                                v,
                                random.nextInt(BODIES),
                                n,
                                v);
                case 5 ->
                        add(
                                text,
                                "out.yield(%s + step%d(out, %s - 1) + \"c%d\");",
                                n,
                                random.nextInt(BODIES),
                                n,
                                v);
                case 6 ->
                        add(
                                text,
                                "Function<Integer, Integer> g%d = x -> x + %s + field; out.yield(g%d.apply(%d)); field += g%d.apply(1) %% 7; out.yield(g%d.apply(field));",
                                v,
                                n,
                                v,
                                v,
                                v,
                                v);
                case 7 ->
                        add(
                                text,
                                "Runnable r%d = () -> { out.yield(\"r\" + %s); field++; out.yield(field); }; r%d.run();",
                                v,
                                n,
                                v);
                case 8 -> add(text, "out.yieldAll(body%d(%s - 1));", random.nextInt(BODIES), n);
                case 9 -> {
                    add(
                            text,
                            "for (int i%d = 0; i%d < 2; i%d++) { final int m%d = %s - i%d;",
                            v,
                            v,
                            v,
                            v,
                            n,
                            v);
                    block(text, depth - 1, "m" + v, self);
                    text.append("}\n");
                }
                case 10 -> {
                    add(
                            text,
                            "for (String s%d : new ArrayList<>(List.of(\"a\", \"b\"))) { out.yield(s%d);",
                            v,
                            v);
                    block(text, depth - 2, n, self);
                    text.append("}\n");
                }
                case 11 -> {
                    text.append("try {\n");
                    block(text, depth - 1, n, self);
                    add(text, "if (field %% 3 == 0) throw new IllegalStateException(\"e%d\");", v);
                    text.append("} catch (IllegalStateException e) { out.yield(e.getMessage());\n");
                    add(text, "} finally { field++; out.yield(\"f%d\"); }", v);
                }
                case 12 -> {
                    add(
                            text,
                            "Generator<Object> inner%d = body%d(%s - 1); while (inner%d.hasNext()) { out.yield(\"<\" + inner%d.next());",
                            v,
                            random.nextInt(BODIES),
                            n,
                            v,
                            v);
                    add(text, "if (field++ %% 5 == 0) { inner%d.close(); break; } }", v);
                }
                default -> {
                    add(text, "switch (field %% 3) { case 0 -> {");
                    block(text, depth - 1, n, self);
                    add(text, "} case 1 -> out.yield(\"one\"); default -> field++; }");
                }
            }
        }

        private static void add(StringBuilder text, String format, Object... arguments) {
            text.append(format.formatted(arguments)).append('\n');
        }
    }

    @Test
    void goOnWithEqualResults() throws Exception {
        long seed = Long.getLong("corona.snapshot.seed", 20_261_127);
        System.out.println("random programs from seed " + seed);
        int journeys = 0;
        for (int i = 0; i < PROGRAMS; i++) journeys += compare(seed + i);
        assertThat(journeys).isGreaterThan(PROGRAMS);
    }

    private static int compare(long seed) throws Exception {
        Random random = new Random(seed);
        String source = new Writer(random).program();
        Class<?> program = Compiled.woven(source);
        SnapshotOptions options = SnapshotOptions.of(program.getClassLoader()).withAllowed("P");
        List<String> plain = run(program, options, new Random(0), 0, new int[1]);
        int[] journeys = {0};
        for (int each = 1; each <= 3; each++) {
            assertThat(run(program, options, random, each, journeys))
                    .as("seed %d, way %d, program:%n%s", seed, each, source)
                    .isEqualTo(plain);
        }
        return journeys[0];
    }

    /**
     * @param way 0 for none; 1: through bytes at each value; 2: at some; 3: by deep copies at some
     */
    private static List<String> run(
            Class<?> program, SnapshotOptions options, Random random, int way, int[] journeys)
            throws Exception {
        Generator<?> generator = (Generator<?>) Compiled.call(program, "make");
        List<String> values = new ArrayList<>();
        while (values.size() < 150 && generator.hasNext()) {
            values.add(String.valueOf(generator.next()));
            if (way == 0 || (way != 1 && random.nextInt(4) > 0)) continue;
            journeys[0]++;
            generator =
                    way == 3
                            ? Snapshots.deepCopy(generator, options)
                            : Snapshot.ofBytes(Snapshot.of(generator, options).toBytes())
                                    .restore(Generator.class, options);
        }
        return values;
    }
}
