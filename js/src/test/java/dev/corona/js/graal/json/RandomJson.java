package dev.corona.js.graal.json;

import java.util.Random;

/** JSON texts by chance: few keys, so that shapes come again; now and then strange ones. */
final class RandomJson {
    private static final String[] KEYS = {
        "a", "b", "id", "name", "list", "", "7", "x y", "\\u0061", "\\n", "toJSON", "__proto__", "é"
    };
    private static final String[] VALUES = {
        "null",
        "true",
        "false",
        "0",
        "-0",
        "1",
        "-17",
        "2147483648",
        "0.5",
        "99.75",
        "1e5",
        "1.5e-9",
        "123456789.125",
        "\"\"",
        "\"text\"",
        "\"\\\"\\\\\"",
        "\"\\ud83d\\ude00 \\ud800\"",
        "\"é中\""
    };

    private static final String NOISE = "{}[],:\"\\ 0e.-";

    private RandomJson() {}

    static String text(Random random, int depth) {
        StringBuilder out = new StringBuilder();
        value(random, depth, out);
        return out.toString();
    }

    private static void value(Random random, int depth, StringBuilder out) {
        int kind = depth == 0 ? 0 : random.nextInt(4);
        if (kind == 0) out.append(VALUES[random.nextInt(VALUES.length)]);
        else if (kind == 1) array(random, depth, out);
        else object(random, depth, out);
    }

    private static void array(Random random, int depth, StringBuilder out) {
        out.append('[');
        int size = random.nextInt(5);
        for (int i = 0; i < size; i++) {
            out.append(i == 0 ? "" : ",");
            value(random, depth - 1, out);
        }
        out.append(random.nextBoolean() ? "]" : " ]");
    }

    private static void object(Random random, int depth, StringBuilder out) {
        out.append('{');
        int size = random.nextInt(6);
        for (int i = 0; i < size; i++) {
            int key = random.nextInt(8) == 0 ? random.nextInt(KEYS.length) : i % 5;
            out.append(i == 0 ? "" : ", ").append('"').append(KEYS[key]).append("\":");
            value(random, depth - 1, out);
        }
        out.append('}');
    }

    /** {@code json} with a character left out, doubled or replaced. */
    static String damage(Random random, String json) {
        int at = random.nextInt(json.length());
        String tail = json.substring(at + 1);
        return switch (random.nextInt(3)) {
            case 0 -> json.substring(0, at) + tail;
            case 1 -> json.substring(0, at + 1) + json.charAt(at) + tail;
            default -> json.substring(0, at) + NOISE.charAt(random.nextInt(NOISE.length())) + tail;
        };
    }
}
