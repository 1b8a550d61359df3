package dev.corona.weave;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a plain class wrote by Java's serialization, the woven one reads, and the other way round; {@code LibraryTest} compares more. */
class SerialVersionTest {
    private static final String SOURCE =
            Compiled.IMPORTS
                    + """
                    import java.io.Serializable;
                    @Resumable
                    public class P implements Serializable, Comparable<P>, Iterable<String> {
                        static final Object LOCK = new Object();
                        private static int count;
                        protected transient volatile long stamp;
                        private final int number;
                        transient List<String> lines;
                        public P() { this(7); }
                        P(int number) { this.number = number; }
                        private P(String text) { number = text.length(); }
                        @Override public int compareTo(P other) { return Integer.compare(number, other.number); }
                        @Override public Iterator<String> iterator() { return List.of("a").iterator(); }
                        public static strictfp double half(double of) { return of / 2; }
                        protected final synchronized void locked(int... numbers) {}
                        private int hidden(Generator.Yielder<Object> out) { out.yield(number); return number; }
                        void visible(Generator.Yielder<Object> out) { Runnable r = () -> hidden(out); r.run(); }
                        int number() { return number; }
                        protected static class Nested extends P { Object inherits() { return this; } }
                        private final class Inner implements java.io.Externalizable {
                            void more(Generator.Yielder<Object> out) { visible(out); }
                            public void writeExternal(java.io.ObjectOutput out) {}
                            public void readExternal(java.io.ObjectInput in) {}
                        }
                        static abstract class Abstract implements Serializable {
                            abstract void step(Generator.Yielder<Object> out);
                        }
                        interface Marker extends Serializable {}
                        interface Step extends Serializable { void step(); default void more(Generator.Yielder<Object> out) { out.yield(1); } }
                        static class Declared implements Serializable {
                            private static final long serialVersionUID = 42;
                            void step() {}
                        }
                        enum Kind { ONE { void step() {} }; void step() {} }
                        record Pair(int a, String b) implements Serializable { int step() { return a; } }
                        static Object anonymous() { return new Abstract() { void step(Generator.Yielder<Object> out) { out.yield(1); } }; }
                        static class Unrelated { void step() {} }
                    }
                    """;

    private final Map<String, byte[]> files = Compiled.compile(SOURCE, "-Xlint:none");
    private final Class<?> plain = Compiled.load(files);
    private final Class<?> woven = Compiled.load(Compiled.weave(files).classes());

    private Map<String, Long> versions(Class<?> type) throws Exception {
        Map<String, Long> versions = new TreeMap<>();
        for (String name : files.keySet()) {
            var stored = ObjectStreamClass.lookup(type.getClassLoader().loadClass(name));
            if (stored != null) versions.put(name, stored.getSerialVersionUID());
        }
        return versions;
    }

    @Test
    void isThatOfThePlainClass() throws Exception {
        assertThat(versions(woven))
                .isEqualTo(versions(plain))
                .containsEntry("P$Declared", 42L)
                .hasSizeGreaterThan(7);
    }

    @Test
    void isDeclaredWhereItIsImpliedOnly() throws Exception {
        for (String name : List.of("P$Unrelated", "P$Kind", "P$Pair")) {
            assertThat(woven.getClassLoader().loadClass(name).getDeclaredFields())
                    .as(name)
                    .noneMatch(f -> f.getName().equals("serialVersionUID"));
        }
        assertThat(woven.getDeclaredField("serialVersionUID").isSynthetic()).isTrue();
    }

    @Test
    void eachReadsWhatTheOtherWrote() throws Exception {
        assertThat(number(read(write(plain), woven))).isEqualTo(7);
        assertThat(number(read(write(woven), plain))).isEqualTo(7);
    }

    private static Object number(Object p) throws Exception {
        var number = p.getClass().getDeclaredMethod("number");
        number.setAccessible(true);
        return number.invoke(p);
    }

    private static byte[] write(Class<?> type) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(type.getDeclaredConstructor().newInstance());
        }
        return bytes.toByteArray();
    }

    private static Object read(byte[] bytes, Class<?> type) throws Exception {
        InputStream from = new ByteArrayInputStream(bytes);
        try (ObjectInputStream in =
                new ObjectInputStream(from) {
                    @Override
                    protected Class<?> resolveClass(java.io.ObjectStreamClass found)
                            throws ClassNotFoundException {
                        return Class.forName(found.getName(), false, type.getClassLoader());
                    }
                }) {
            return in.readObject();
        }
    }
}
