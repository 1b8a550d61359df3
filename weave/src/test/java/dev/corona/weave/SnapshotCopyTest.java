package dev.corona.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.Coexpression;
import dev.corona.Generator;
import dev.corona.IntGenerator;
import dev.corona.errors.SnapshotException;
import dev.corona.snapshot.Snapshot;
import dev.corona.snapshot.SnapshotCodec;
import dev.corona.snapshot.SnapshotOptions;
import dev.corona.snapshot.SnapshotReader;
import dev.corona.snapshot.SnapshotWriter;
import dev.corona.snapshot.Snapshots;
import dev.corona.snapshot.SuspendedCall;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** Copies of suspended coroutines, what is on their stacks, and codecs. */
class SnapshotCopyTest {
    private static final String SHARING =
            """
            class P {
                static Generator<Object> make() {
                    return Generator.of("choices", out -> {
                        List<Object> seen = new ArrayList<>();
                        int[] count = {0};
                        Generator<Integer> inner = Generator.of(o -> { for (int i = 1; ; i++) o.yield(i); });
                        for (int i = 0; i < 6; i++) {
                            seen.add(i);
                            count[0]++;
                            out.yield(i + " " + seen + count[0] + inner.next());
                        }
                    });
                }
            }
            """;

    private static Generator<?> make(Class<?> program) throws Exception {
        return (Generator<?>) Compiled.call(program, "make");
    }

    @Test
    void aCopySharesValuesButNotVariablesNorCoroutines() throws Exception {
        Generator<?> original = make(Compiled.woven(SHARING));
        original.next();
        original.next();
        Generator<?> copy = Snapshots.copy(original);
        assertThat(copy.next()).isEqualTo("2 [0, 1, 2]33");
        assertThat(copy.next()).isEqualTo("3 [0, 1, 2, 3]44");
        assertThat(original.next()).as("one list").isEqualTo("2 [0, 1, 2, 3, 2]53");
        Generator<?> third = Snapshots.copy(copy);
        assertThat(third.next()).isEqualTo("4 [0, 1, 2, 3, 2, 4]65");
        assertThat(copy.next()).isEqualTo("4 [0, 1, 2, 3, 2, 4, 4]75");
    }

    @Test
    void aDeepCopySharesNothing() throws Exception {
        Class<?> program = Compiled.woven(SHARING);
        Generator<?> original = make(program);
        original.next();
        original.next();
        SnapshotOptions options = SnapshotOptions.of(program.getClassLoader());
        Generator<?> copy = Snapshots.deepCopy(original, options);
        List<Object> rest = new ArrayList<>();
        copy.forEachRemaining(rest::add);
        List<Object> originals = new ArrayList<>();
        original.forEachRemaining(originals::add);
        assertThat(rest).hasToString(originals.toString()).hasSize(4);
    }

    @Test
    void closingOneLeavesTheOther() throws Exception {
        Generator<?> original = make(Compiled.woven(SHARING));
        original.next();
        Generator<?> copy = Snapshots.copy(original);
        original.close();
        assertThat(original.hasNext()).isFalse();
        assertThat((String) copy.next()).startsWith("1 ");
        copy.close();
    }

    @Test
    void lambdasThatYieldGoOnInTheirOwnCopy() throws Exception {
        Generator<?> original =
                make(
                        Compiled.woven(
                                """
                                class P {
                                    static Generator<Object> make() {
                                        return Generator.of(out -> {
                                            int base = 10;
                                            Consumer<Integer> twice = i -> { out.yield(base + i); out.yield(base - i); };
                                            for (int i = 0; i < 3; i++) twice.accept(i);
                                        });
                                    }
                                }
                                """));
        original.next();
        original.next();
        original.next();
        Generator<?> copy = Snapshots.copy(original);
        List<Object> rest = new ArrayList<>();
        copy.forEachRemaining(rest::add);
        assertThat(rest).isEqualTo(List.of(9, 12, 8));
        rest.clear();
        original.forEachRemaining(rest::add);
        assertThat(rest).isEqualTo(List.of(9, 12, 8));
    }

    @Test
    void coexpressionsAndPrimitiveGeneratorsAreCopied() throws Exception {
        Class<?> program =
                Compiled.woven(
                        """
                        class P {
                            static Object make() {
                                return new Object[] {
                                    Coexpression.<Integer, Integer>of((self, first) -> { int sum = first; while (sum < 100) sum += self.yieldReturn(sum); return sum; }),
                                    Generator.ofInts(out -> { for (int i = 0; ; i++) out.yield(i * i); })};
                            }
                        }
                        """);
        Object[] all = (Object[]) Compiled.call(program, "make");
        @SuppressWarnings("unchecked")
        Coexpression<Integer, Integer> sum = (Coexpression<Integer, Integer>) all[0];
        sum.yieldCall(10);
        Coexpression<Integer, Integer> other = Snapshots.copy(sum);
        assertThat(sum.yieldCall(1)).isEqualTo(11);
        assertThat(other.yieldCall(5)).isEqualTo(15);
        IntGenerator squares = (IntGenerator) all[1];
        squares.nextInt();
        squares.nextInt();
        IntGenerator copy = Snapshots.copy(squares);
        assertThat(List.of(copy.nextInt(), copy.nextInt(), squares.nextInt()))
                .containsExactly(4, 9, 4);
    }

    @Test
    void refusesToCopyWhatIsNotWoven() {
        Generator<Integer> unwoven = Generator.of(out -> out.yield(1));
        unwoven.next();
        assertThatThrownBy(() -> Snapshots.copy(unwoven))
                .isInstanceOf(SnapshotException.Unstorable.class)
                .hasMessageContaining("only woven coroutines can be stored");
        unwoven.close();
    }

    @Test
    void showsCallsLinesAndVariables() throws Exception {
        Class<?> program =
                Compiled.woven(
                        """
                        class P {
                            static Generator<Object> make() {
                                return Generator.of(out -> {
                                    boolean outer = true; float f = 1.5f;
                                    walk(out, 7L, 'c');
                                    out.yield(outer + "" + f);
                                });
                            }
                            static void walk(Generator.Yielder<Object> out, long id, char mark) {
                                String text = "t" + id;
                                double half = id / 2.0;
                                int unused = 5;
                                out.yield(1);
                                out.yield(text + half + mark + id);
                            }
                        }
                        """);
        Generator<?> generator = make(program);
        assertThat(Snapshots.calls(generator)).as("new").isEmpty();
        generator.next();
        List<SuspendedCall> calls = Snapshots.calls(generator);
        assertThat(calls).hasSize(2);
        SuspendedCall walk = calls.get(0);
        assertThat(walk.className() + "." + walk.method()).isEqualTo("P.walk");
        assertThat(walk.descriptor()).isEqualTo("(Ldev/corona/Generator$Yielder;JC)V");
        assertThat(walk.line()).isEqualTo(16);
        assertThat(walk.variables())
                .extracting(Object::toString)
                .filteredOn(v -> !v.startsWith("out"))
                .containsExactlyInAnyOrder("id = 7", "mark = c", "text = t7", "half = 3.5");
        assertThat(calls.get(1).line()).isEqualTo(8);
        assertThat(calls.get(1).variables())
                .extracting(Object::toString)
                .contains("outer = true", "f = 1.5");
        assertThat(walk.toString()).startsWith("P.walk(P.java:16) {");
    }

    /** A class that Java serialization does not know, with circles, as a language runtime has it. */
    static final class Table {
        Object key;
        Table next;
    }

    private static final class TableCodec implements SnapshotCodec<Table> {
        @Override
        public String name() {
            return "table";
        }

        @Override
        public boolean accepts(Object object) {
            return object instanceof Table;
        }

        @Override
        public void write(Table table, SnapshotWriter out) {
            out.writeString("v1");
            out.writeReference("key", table.key);
            out.writeReference("next", table.next);
        }

        @Override
        public Table create(SnapshotReader in) {
            assertThat(in.readString()).isEqualTo("v1");
            return new Table();
        }

        @Override
        public void fill(Table table, SnapshotReader in) {
            table.key = in.readReference();
            table.next = (Table) in.readReference();
        }
    }

    @Test
    void codecsStoreCirclesAndLongChains() {
        SnapshotOptions options = SnapshotOptions.of(null).withCodec(new TableCodec());
        Table first = new Table();
        Table last = first;
        for (int i = 0; i < 100_000; i++) {
            last.next = new Table();
            last.key = "k" + i;
            last = last.next;
        }
        last.next = first;
        last.key = first;
        Snapshot snapshot = Snapshot.of(first, options);
        Table restored = snapshot.restore(Table.class, options);
        Table end = restored;
        for (int i = 0; i < 100_000; i++) {
            assertThat(end.key).isEqualTo("k" + i);
            end = end.next;
        }
        assertThat(end.next).isSameAs(restored);
        assertThat(end.key).isSameAs(restored);
        assertThatThrownBy(() -> snapshot.restore(Table.class, SnapshotOptions.of(null)))
                .isInstanceOf(SnapshotException.Changed.class)
                .hasMessageContaining("the codec \"table\"");
    }
}
