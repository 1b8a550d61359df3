package dev.corona.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corona.Generator;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Objects whose classes inherit a resumable method, some of which override the plain one alone. */
class OverridingTest {
    /** More than a call tests one by one. */
    private static final int KINDS = 7;

    private static final String SOURCE =
            Compiled.IMPORTS
                    + """
                    public class P {
                        public static class Base {
                            public String name(Generator.Yielder<Object> out) {
                                out.yield(getClass().getSimpleName());
                                return "base";
                            }
                        }
                        %s
                        static Generator<Object> all(List<Base> objects) {
                            return Generator.of(out -> {
                                for (int i = 0; i < 3; i++)
                                    for (Base b : objects) out.yield(b.name(out));
                            });
                        }
                    }
                    """
                            .formatted(classes());

    private static String classes() {
        return IntStream.range(0, KINDS)
                .mapToObj(
                        """
                        public static class Heir%1$d extends Base {}
                        public static class Plain%1$d extends Base {
                            @Override public String name(Generator.Yielder<Object> out) { return "plain%1$d"; }
                        }
                        """
                                ::formatted)
                .collect(Collectors.joining());
    }

    /** The classes in which the plain method alone is overridden by another loader, as those of a plug-in are. */
    private static final class Other extends ClassLoader {
        private final Map<String, byte[]> classes;

        Other(ClassLoader parent, Map<String, byte[]> classes) {
            super(parent);
            this.classes = classes;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = classes.get(name);
            if (bytes == null) throw new ClassNotFoundException(name);
            return defineClass(name, bytes, 0, bytes.length);
        }
    }

    private static Map<String, byte[]> woven(Map<String, byte[]> plain) {
        Map<String, byte[]> some = new HashMap<>(plain);
        some.keySet().removeIf(name -> name.startsWith("P$Plain"));
        assertThat(some).hasSize(plain.size() - KINDS);
        return Compiled.weave(some).classes();
    }

    private static List<Object> objects(ClassLoader loader) throws Exception {
        List<Object> objects = new ArrayList<>();
        for (int i = 0; i < KINDS; i++) {
            for (String kind : List.of("P$Heir", "P$Plain")) {
                var constructor = loader.loadClass(kind + i).getDeclaredConstructor();
                constructor.setAccessible(true);
                objects.add(constructor.newInstance());
            }
        }
        return objects;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> run(Class<?> type, List<Object> objects) throws Exception {
        var all = type.getDeclaredMethod("all", List.class);
        all.setAccessible(true);
        return ((Generator<Object>) all.invoke(null, objects)).stream().toList();
    }

    private static List<Object> expected() {
        List<Object> once = new ArrayList<>();
        for (int i = 0; i < KINDS; i++) once.addAll(List.of("Heir" + i, "base", "plain" + i));
        List<Object> all = new ArrayList<>(once);
        all.addAll(once);
        all.addAll(once);
        return all;
    }

    @Test
    void thePlainFormIsTakenWhereItAloneIsOverridden() throws Exception {
        Map<String, byte[]> plain = Compiled.compile(SOURCE);
        Map<String, byte[]> all = new HashMap<>(plain);
        all.putAll(woven(plain));
        Class<?> type = Compiled.load(all);
        assertThat(run(type, objects(type.getClassLoader()))).isEqualTo(expected());
    }

    @Test
    void classesOfAnotherLoaderAreToldApartToo() throws Exception {
        Map<String, byte[]> plain = Compiled.compile(SOURCE);
        Map<String, byte[]> others = new HashMap<>();
        Map<String, byte[]> own = new HashMap<>(woven(plain));
        plain.forEach(
                (name, bytes) -> {
                    if (name.startsWith("P$Plain")) others.put(name, bytes);
                });
        assertThat(others).hasSize(KINDS);
        Class<?> type = Compiled.load(own);
        assertThat(run(type, objects(new Other(type.getClassLoader(), others))))
                .isEqualTo(expected());
    }
}
