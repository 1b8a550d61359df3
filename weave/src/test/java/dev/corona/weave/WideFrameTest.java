package dev.corona.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corona.Generator;
import dev.corona.woven.WayOut;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Methods that keep more than fits into the parameters of the one that makes their frames, and just as much. */
class WideFrameTest {
    private static String program(int longs) {
        return """
               class P {
                   static int calls;
                   static double keep(Generator.Yielder<Object> out, int n, float f, String text) {
                       %s
                       long sum = n + value(out, n * 7) + (long) f;
                       %s
                       out.yield(text + f);
                       return sum + f;
                   }
                   static int value(Generator.Yielder<Object> out, int n) {
                       if (++calls %% 2 == 1) out.yield(n);
                       return n + 1;
                   }
                   static Generator<Object> generator() {
                       return Generator.of(out -> {
                           for (int i = 0; i < 4; i++) out.yield(keep(out, i, 0.5f, "t" + i));
                       });
                   }
               }
               """
                .formatted(
                        each(longs, "long v%1$d = n + %1$dL;"),
                        each(longs, "sum += v%1$d * %1$d;"));
    }

    private static String each(int count, String statement) {
        return IntStream.range(0, count)
                .mapToObj(statement::formatted)
                .collect(Collectors.joining("\n"));
    }

    /** Beside the longs, of two words, four are kept at the call of value: yielder, float, text, and an int on the operand stack. */
    @ParameterizedTest
    @CsvSource({"123, true", "124, true", "125, false", "200, false"})
    void keepEveryValue(int longs, boolean byMethod) throws Exception {
        Class<?> type = Compiled.woven(program(longs));
        assertThat(values(type)).isEqualTo(expected(longs));
        assertThat(makers(type, longs))
                .as("methods that make such frames")
                .hasSize(byMethod ? 1 : 0);
    }

    @SuppressWarnings("unchecked")
    private static List<Object> values(Class<?> type) throws Exception {
        Generator<Object> generator = (Generator<Object>) Compiled.call(type, "generator");
        return generator.stream().toList();
    }

    private static List<Object> expected(int longs) {
        return IntStream.range(0, 4)
                .boxed()
                .flatMap(
                        n -> {
                            long sum = n + n * 7 + 1;
                            for (int k = 0; k < longs; k++) sum += (n + (long) k) * k;
                            List<Object> last = List.of("t" + n + "0.5", (double) (sum + 0.5f));
                            return n % 2 == 0
                                    ? Stream.concat(Stream.of((Object) (n * 7)), last.stream())
                                    : last.stream();
                        })
                .toList();
    }

    private static List<String> makers(Class<?> type, int longs) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(m -> m.getParameterCount() > longs)
                .filter(m -> Arrays.asList(m.getParameterTypes()).contains(WayOut.class))
                .map(m -> m.getName())
                .toList();
    }
}
