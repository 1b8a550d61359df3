package dev.corona.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corona.Generator;
import dev.corona.woven.Strand;

import org.junit.jupiter.api.Test;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Forms whose results say that the method is being left: which methods have one, and that no result is taken for that. */
class SignallingTest {
    private static final String RESULTS =
            """
            class P {
                static final int[] INTS = {0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE};

                private static int anInt(Generator.Yielder<Object> out, int x, boolean waits) {
                    if (waits) out.yield("waits");
                    return x;
                }
                private static byte aByte(Generator.Yielder<Object> out, int x, boolean waits) {
                    if (waits) out.yield("waits");
                    return (byte) x;
                }
                private static short aShort(Generator.Yielder<Object> out, int x, boolean waits) {
                    if (waits) out.yield("waits");
                    return (short) x;
                }
                private static char aChar(Generator.Yielder<Object> out, int x, boolean waits) {
                    if (waits) out.yield("waits");
                    return (char) x;
                }
                private static boolean aBoolean(Generator.Yielder<Object> out, int x, boolean waits) {
                    if (waits) out.yield("waits");
                    return x < 0;
                }
                private static void nothing(Generator.Yielder<Object> out, int x, boolean waits) {
                    if (waits) out.yield("waits");
                }
                private static String all(Generator.Yielder<Object> out, int x, boolean waits) {
                    nothing(out, x, waits);
                    int below = 7;
                    return below + anInt(out, x, waits) + "," + aByte(out, x, waits) + "," + aShort(out, x, waits)
                            + "," + (int) aChar(out, x, waits) + "," + aBoolean(out, x, waits);
                }
                static String plain(int x) {
                    return 7 + x + "," + (byte) x + "," + (short) x + "," + (int) (char) x + "," + (x < 0);
                }
                static Generator<Object> generator() {
                    return Generator.of(out -> {
                        for (int x : INTS) {
                            String expected = plain(x);
                            out.yield(all(out, x, false).equals(expected));
                            out.yield(all(out, x, true).equals(expected));
                        }
                    });
                }
            }
            """;

    @Test
    @SuppressWarnings("unchecked")
    void eachResultComesThroughSuspendedOrNot() throws Exception {
        Class<?> type = Compiled.woven(RESULTS);
        List<Object> values =
                ((Generator<Object>) Compiled.call(type, "generator")).stream().toList();
        assertThat(values).hasSize(5 * (1 + 6 + 1)).containsOnly(true, "waits");
        assertThat(values.stream().filter("waits"::equals)).hasSize(5 * 6);
        assertThat(signalling(type))
                .containsExactlyInAnyOrder(
                        "anInt long",
                        "aByte long",
                        "aShort long",
                        "aChar int",
                        "aBoolean int",
                        "nothing boolean");
    }

    @Test
    void onlyWhatTheClassCallsItselfAndNobodyOverridesHasOne() throws Exception {
        Map<String, byte[]> classes =
                Compiled.compile(
                        Compiled.IMPORTS
                                + """
                                class P {
                                    private static Generator.Yielder<Object> out;
                                    void overridable() { out.yield(1); }
                                    final void last() { out.yield(1); }
                                    private void own() { out.yield(1); }
                                    static void fixed() { out.yield(1); }
                                    static void foreign() { out.yield(1); }
                                    static long wide() { out.yield(1); return 1; }
                                    static Object object() { out.yield(1); return 1; }
                                    static synchronized void locked() { out.yield(1); }
                                    void all() {
                                        overridable();
                                        last();
                                        own();
                                        fixed();
                                        wide();
                                        object();
                                        locked();
                                        Q.other();
                                    }
                                }
                                class Q {
                                    static void other() { P.foreign(); new S().end(); }
                                }
                                final class S {
                                    void end() { P.foreign(); again(); }
                                    public void again() { end(); }
                                }
                                interface I {
                                    private void hidden() { P.foreign(); }
                                    static int of(I i) { i.hidden(); return of(i); }
                                }
                                """);
        Class<?> type = Compiled.load(Compiled.weave(classes).classes());
        assertThat(signalling(type))
                .containsExactlyInAnyOrder("last boolean", "own boolean", "fixed boolean");
        ClassLoader loader = type.getClassLoader();
        assertThat(signalling(loader.loadClass("Q"))).isEmpty();
        assertThat(signalling(loader.loadClass("S")))
                .containsExactlyInAnyOrder("end boolean", "again boolean");
        assertThat(signalling(loader.loadClass("I"))).containsExactly("of long");
    }

    /** The signalling forms of a class: name and result. */
    private static Set<String> signalling(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(m -> m.isBridge() && takesStrand(m))
                .peek(m -> assertThat(Modifier.isPrivate(m.getModifiers())).isTrue())
                .map(m -> m.getName() + " " + m.getReturnType())
                .collect(Collectors.toSet());
    }

    private static boolean takesStrand(Method m) {
        return Arrays.asList(m.getParameterTypes()).contains(Strand.class);
    }
}
