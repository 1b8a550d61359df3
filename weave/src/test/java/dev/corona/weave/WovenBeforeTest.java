package dev.corona.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corona.Generator;
import dev.corona.weave.analysis.Twins;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Classes that are woven one after the other, as a compiler makes them, against those that are woven already. */
class WovenBeforeTest {
    private static final String FUNCTIONS =
            Compiled.IMPORTS
                    + """
                    abstract class Function {
                        @Resumable abstract Object call(Generator.Yielder<Object> out, int i);
                        Object twice(Generator.Yielder<Object> out, int i) {
                            return call(out, (Integer) call(out, i));
                        }
                    }
                    class Leaf extends Function {
                        Object call(Generator.Yielder<Object> out, int i) { return i + 1; }
                    }
                    class Loud extends Function {
                        Object call(Generator.Yielder<Object> out, int i) {
                            out.yield(i);
                            return i + 1;
                        }
                    }
                    class P extends Function {
                        static Generator<Object> generator() {
                            return Generator.of(out -> new P().call(out, 1));
                        }
                        Object call(Generator.Yielder<Object> out, int i) {
                            Object loud = new Loud().twice(out, i);
                            Object leaf = new Leaf().twice(out, (Integer) loud);
                            out.yield(leaf);
                            return leaf;
                        }
                    }
                    """;

    private static final ClassLoader HOME = WovenBeforeTest.class.getClassLoader();

    /** Weaves each class alone, with those before it on the class path. */
    private static Map<String, byte[]> oneByOne(Map<String, byte[]> plain) {
        Map<String, byte[]> woven = new HashMap<>();
        Weaver.Options home = Weaver.Options.marked(HOME);
        Weaver weaver =
                Weaver.of(
                        Weaver.Options.marked(
                                name ->
                                        woven.containsKey(name)
                                                ? woven.get(name)
                                                : home.classPath().apply(name)));
        for (String name : List.of("Function", "Leaf", "Loud", "P")) {
            WovenSet one = weaver.weave(List.of(plain.get(name)));
            woven.putAll(one.classes());
        }
        return woven;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> values(Map<String, byte[]> classes) throws Exception {
        Class<?> type = Compiled.load(classes);
        return ((Generator<Object>) Compiled.call(type, "generator")).stream().toList();
    }

    @Test
    void classSuspendsThroughSuperclassThatWasWovenBefore() throws Exception {
        Map<String, byte[]> woven = oneByOne(Compiled.compile(FUNCTIONS));
        assertThat(Twins.areIn(woven.get("Loud"))).isTrue();
        assertThat(Twins.areIn(woven.get("P"))).isTrue();
        assertThat(values(woven)).containsExactly(1, 2, 5);
    }

    @Test
    void plainOverrideOfWovenMethodIsCalledInItsPlace() throws Exception {
        Map<String, byte[]> woven = oneByOne(Compiled.compile(FUNCTIONS));
        assertThat(Twins.areIn(woven.get("Leaf"))).isFalse();
        assertThat(values(woven)).endsWith(5);
    }

    @Test
    void plainClassIsWovenTogetherWithWovenOnes() throws Exception {
        Map<String, byte[]> plain = Compiled.compile(FUNCTIONS);
        Map<String, byte[]> mixed = new HashMap<>(Compiled.weave(plain).classes());
        byte[] base = mixed.get("Function");
        mixed.put("P", plain.get("P"));
        Map<String, byte[]> again = Compiled.weave(mixed).classes();
        assertThat(again.get("Function")).isSameAs(base);
        assertThat(Twins.areIn(again.get("P"))).isTrue();
        assertThat(values(again)).containsExactly(1, 2, 5);
    }

    @Test
    void weavingAgainChangesNothing() {
        Map<String, byte[]> once = Compiled.weave(Compiled.compile(FUNCTIONS)).classes();
        WovenSet twice = Compiled.weave(once);
        assertThat(twice.changed()).isZero();
        assertThat(new ArrayList<>(twice.classes().keySet()))
                .containsExactlyInAnyOrderElementsOf(once.keySet());
        once.forEach(
                (name, bytes) -> assertThat(twice.classes().get(name)).as(name).isEqualTo(bytes));
    }
}
