package dev.corona.weave.differential;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.common.base.Function;
import com.google.common.base.Joiner;
import com.google.common.base.Splitter;
import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.FluentIterable;
import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import com.google.common.collect.Iterators;
import com.google.common.collect.Lists;
import com.google.common.collect.Multimap;
import com.google.common.collect.Ordering;

import org.apache.commons.lang3.ArrayUtils;
import org.apache.commons.lang3.StringUtils;
import org.apache.commons.lang3.Validate;
import org.apache.commons.lang3.builder.CompareToBuilder;
import org.apache.commons.lang3.function.Failable;
import org.apache.commons.lang3.function.FailableIntConsumer;
import org.apache.commons.lang3.mutable.MutableInt;
import org.apache.commons.lang3.text.WordUtils;
import org.apache.commons.lang3.tuple.Pair;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/** Programs that use libraries, and suspend in what these call back: streams, iterators, functions, comparators. */
@SuppressWarnings("all") // deprecated parts are woven too
public final class LibraryUse {
    private static final String JSON =
            "{\"name\":\"a\\u00e9b\",\"list\":[1,-2.5e3,true,null,\"x\"],\"deep\":{\"n\":12345678901}}";

    private LibraryUse() {}

    /** Gives few bytes at a time, each time after a point. */
    private static final class Slow extends InputStream {
        private final Points p;
        private final byte[] bytes;
        private int next;

        Slow(Points p, String text) {
            this.p = p;
            bytes = text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int read() {
            p.point("read");
            return next == bytes.length ? -1 : bytes[next++];
        }

        @Override
        public int read(byte[] into, int from, int length) {
            p.point("read some");
            int count = Math.min(Math.min(7, length), bytes.length - next);
            if (count == 0) return -1;
            System.arraycopy(bytes, next, into, from, count);
            next += count;
            return count;
        }
    }

    private static final class SlowReader extends Reader {
        private final Points p;
        private final String text;
        private int next;

        SlowReader(Points p, String text) {
            this.p = p;
            this.text = text;
        }

        @Override
        public int read(char[] into, int from, int length) {
            p.point("read chars");
            int count = Math.min(Math.min(5, length), text.length() - next);
            if (count == 0) return -1;
            text.getChars(next, next + count, into, from);
            next += count;
            return count;
        }

        @Override
        public void close() {
            p.point("close reader");
        }
    }

    private static final class SlowSink extends OutputStream {
        private final Points p;
        private final StringBuilder seen = new StringBuilder();

        SlowSink(Points p) {
            this.p = p;
        }

        @Override
        public void write(int b) {
            p.point("write");
            seen.append((char) b);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            p.point("write " + length);
            seen.append(new String(bytes, from, length, StandardCharsets.ISO_8859_1));
        }

        @Override
        public void flush() {
            p.point("flush");
        }
    }

    public static Object json(Points p) throws Exception {
        JsonFactory factory = new JsonFactory();
        StringBuilder out = new StringBuilder();
        try (JsonParser parser = factory.createParser(new Slow(p, JSON))) {
            tokens(parser, out);
        }
        try (JsonParser parser = factory.createParser(new SlowReader(p, JSON))) {
            tokens(parser, out);
        }
        try (JsonParser parser = factory.createParser(new Slow(p, "{\"broken\": [1, }"))) {
            tokens(parser, out);
        } catch (java.io.IOException e) {
            out.append(e.getMessage().lines().findFirst().orElse("")).append(p.point("broken"));
        }
        return out;
    }

    private static void tokens(JsonParser parser, StringBuilder out) throws Exception {
        for (JsonToken t = parser.nextToken(); t != null; t = parser.nextToken()) {
            out.append(t).append(' ').append(parser.getText()).append(' ');
            if (t == JsonToken.VALUE_NUMBER_FLOAT) out.append(parser.getDoubleValue());
            if (t == JsonToken.VALUE_NUMBER_INT) out.append(parser.getNumberValue());
        }
    }

    public static Object writing(Points p) throws Exception {
        SlowSink sink = new SlowSink(p);
        try (JsonGenerator g = new JsonFactory().createGenerator(sink)) {
            g.useDefaultPrettyPrinter();
            g.writeStartObject();
            g.writeStringField("text", "line\n\u00e9");
            g.writeArrayFieldStart("numbers");
            for (int i = 0; i < 3; i++) g.writeNumber(i * 1.5 + 0 * p.point("number"));
            g.writeEndArray();
            g.flush();
            g.writeEndObject();
        }
        return sink.seen;
    }

    public static Object collections(Points p) {
        List<Integer> numbers = List.of(5, 3, 8, 1);
        Function<Integer, String> show = i -> i + "." + p.point("show " + i);
        List<String> lazily = Lists.transform(Lists.newArrayList(numbers), show);
        StringBuilder out = new StringBuilder();
        for (String each : lazily) out.append(each).append(p.point("each"));
        Iterator<Integer> filtered =
                Iterators.filter(numbers.iterator(), i -> i > 2 && p.point("keep") >= 0);
        while (filtered.hasNext()) out.append(filtered.next());
        Ordering<Integer> ordering = Ordering.from((a, b) -> a - b + 0 * p.point("compare"));
        out.append(ordering.max(numbers.iterator())).append(ordering.isOrdered(numbers));
        out.append(ordering.reverse().compare(1, 2));
        out.append(Iterables.any(numbers, i -> i == 8 && p.point("any") >= 0));
        out.append(Iterables.indexOf(numbers, i -> i == 8 + 0 * p.point("index")));
        out.append(FluentIterable.from(numbers).transform(show).skip(1).first().get());
        Multimap<String, Integer> map = ArrayListMultimap.create();
        for (int i : numbers) map.put(i % 2 == 0 ? "even" : "odd" + 0 * p.point("put"), i);
        out.append(map).append(HashMultiset.create(numbers).size());
        out.append(Joiner.on('|').join(Lists.partition(numbers, 3)));
        out.append(Splitter.on(',').trimResults().splitToList("a, b ,c"));
        out.append(ImmutableList.copyOf(Iterators.cycle(1, 2).next() > 0 ? numbers : null));
        return out;
    }

    public static Object strings(Points p) throws Exception {
        StringBuilder out = new StringBuilder();
        out.append(StringUtils.join(new Integer[] {1, p.point("join"), 3}, "-"));
        out.append(StringUtils.leftPad("x" + p.point("pad"), 5, "ab"));
        out.append(StringUtils.getIfEmpty("", () -> "given" + p.point("supplier")));
        out.append(WordUtils.capitalizeFully("the END " + p.point("words")));
        MutableInt sum = new MutableInt();
        Failable.accept((FailableIntConsumer<Exception>) i -> sum.add(i + p.point("accept")), 4);
        out.append(sum)
                .append(
                        Failable.<Integer, Integer, Exception>apply(
                                i -> i * 2 + p.point("apply"), 21));
        out.append(Failable.<Exception>getAsBoolean(() -> p.point("boolean") > 3));
        try {
            Validate.isTrue(p.point("valid") < 0, "not %s", "true");
        } catch (IllegalArgumentException e) {
            out.append(e.getMessage()).append(p.point("invalid"));
        }
        Comparator<String> byLength = (a, b) -> a.length() - b.length() + 0 * p.point("length");
        out.append(new CompareToBuilder().append("aa", "b", byLength).toComparison());
        out.append(Pair.of("k", p.point("pair")))
                .append(ArrayUtils.toString(ArrayUtils.add(new int[] {1}, 2)));
        Failable.run(() -> out.append(p.point("run")));
        Failable.tryWithResources(
                () -> out.append(p.point("body")), () -> out.append(p.point("resource")));
        return out;
    }
}
