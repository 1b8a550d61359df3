package dev.corona.io;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The headers of an HTTP message: names and values in their order, immutable. Names are found in any case. One that is
 * used for many responses is put into bytes once.
 */
public final class Headers implements Iterable<Map.Entry<String, String>> {
    private static final Headers NONE = new Headers(new String[0]);

    static final int HAS_DATE = 1;
    static final int HAS_LENGTH = 2;
    static final int HAS_CONNECTION = 4;
    static final int HAS_TRANSFER_ENCODING = 8;

    private final String[] namesAndValues;
    private byte @Nullable [] encoded;
    private int special = -1;

    private Headers(String[] namesAndValues) {
        this.namesAndValues = namesAndValues;
    }

    public static Headers none() {
        return NONE;
    }

    /**
     * Headers from names and values in turn.
     *
     * @throws IllegalArgumentException if a name is not a token, or a value would end its line
     */
    public static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0)
            throw new IllegalArgumentException(
                    "headers are names and values in turn, but there were "
                            + namesAndValues.length
                            + " strings");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            requireName(namesAndValues[i]);
            requireValue(namesAndValues[i], namesAndValues[i + 1]);
        }
        return namesAndValues.length == 0 ? NONE : new Headers(namesAndValues.clone());
    }

    /** Headers that a decoder has checked. */
    static Headers checked(String[] namesAndValues) {
        return new Headers(namesAndValues);
    }

    /** These headers and one more. */
    public Headers with(String name, String value) {
        requireName(name);
        requireValue(name, value);
        int length = namesAndValues.length;
        String[] more = java.util.Arrays.copyOf(namesAndValues, length + 2);
        more[length] = name;
        more[length + 1] = value;
        return new Headers(more);
    }

    private static void requireName(String name) {
        for (int i = 0; i < name.length(); i++) if (!isTokenChar(name.charAt(i))) refuseName(name);
        if (name.isEmpty()) refuseName(name);
    }

    private static void refuseName(String name) {
        throw new IllegalArgumentException(
                "a header's name must be letters, digits and !#$%&'*+-.^_`|~, but was \""
                        + escaped(name)
                        + "\"");
    }

    private static boolean isTokenChar(char c) {
        if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9') return true;
        return c > ' ' && c < 127 && "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }

    private static void requireValue(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= ' ' && c != 127 && c <= 255 || c == '\t') continue;
            throw new IllegalArgumentException(
                    "the value of the header \"%s\" must be Latin-1 text of one line, but was \"%s\""
                            .formatted(name, escaped(value)));
        }
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length() && i < 100; i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 127) out.append(c);
            else out.append(String.format("\\u%04x", (int) c));
        }
        return out.toString();
    }

    /** The first value of that name; null if there is none. */
    public @Nullable String get(String name) {
        for (int i = 0; i < namesAndValues.length; i += 2)
            if (namesAndValues[i].equalsIgnoreCase(name)) return namesAndValues[i + 1];
        return null;
    }

    /** All values of that name. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2)
            if (namesAndValues[i].equalsIgnoreCase(name)) values.add(namesAndValues[i + 1]);
        return values;
    }

    /** Number of headers. */
    public int size() {
        return namesAndValues.length / 2;
    }

    /** The name at a place from 0. */
    public String name(int index) {
        return namesAndValues[2 * index];
    }

    /** The value at a place from 0. */
    public String value(int index) {
        return namesAndValues[2 * index + 1];
    }

    @Override
    public Iterator<Map.Entry<String, String>> iterator() {
        List<Map.Entry<String, String>> entries = new ArrayList<>(size());
        for (int i = 0; i < size(); i++) entries.add(new SimpleImmutableEntry<>(name(i), value(i)));
        return entries.iterator();
    }

    /** As they go over the wire, each with its line end. */
    @SuppressWarnings("deprecation") // getBytes of Latin-1 without a copy
    byte[] encoded() {
        byte[] known = encoded;
        if (known != null) return known;
        int length = 0;
        for (String part : namesAndValues) length += part.length() + 2;
        byte[] bytes = new byte[length];
        int at = 0;
        for (int i = 0; i < namesAndValues.length; i += 2) {
            String name = namesAndValues[i];
            String value = namesAndValues[i + 1];
            name.getBytes(0, name.length(), bytes, at);
            at += name.length();
            bytes[at++] = ':';
            bytes[at++] = ' ';
            value.getBytes(0, value.length(), bytes, at);
            at += value.length();
            bytes[at++] = '\r';
            bytes[at++] = '\n';
        }
        encoded = bytes;
        return bytes;
    }

    /** Which of the headers that the server would write itself are among them. */
    int special() {
        if (special < 0) special = findSpecial();
        return special;
    }

    private int findSpecial() {
        int found = 0;
        for (int i = 0; i < namesAndValues.length; i += 2) {
            String name = namesAndValues[i];
            switch (name.length()) {
                case 4 -> found |= name.equalsIgnoreCase("date") ? HAS_DATE : 0;
                case 10 -> found |= name.equalsIgnoreCase("connection") ? HAS_CONNECTION : 0;
                case 14 -> found |= name.equalsIgnoreCase("content-length") ? HAS_LENGTH : 0;
                case 17 ->
                        found |=
                                name.equalsIgnoreCase("transfer-encoding")
                                        ? HAS_TRANSFER_ENCODING
                                        : 0;
                default -> {}
            }
        }
        return found;
    }

    @Override
    public String toString() {
        return new String(encoded(), StandardCharsets.ISO_8859_1);
    }
}
