package dev.corona.lua.random;

/** Expressions that are strings. */
final class StringExpressions {
    private final Choice choice;
    private final Expressions expressions;
    private final Literals literals;

    StringExpressions(Choice choice, Expressions expressions, Literals literals) {
        this.choice = choice;
        this.expressions = expressions;
        this.literals = literals;
    }

    private String string(Type type, int depth) {
        return expressions.of(type, depth);
    }

    String string(int depth) {
        return choice.oneIn(2) ? made(depth) : taken(depth);
    }

    private String made(int depth) {
        return choice.make(
                () -> "(%s .. %s)".formatted(string(Type.STR, depth), string(Type.STR, depth)),
                () ->
                        "(%s .. %s .. %s)"
                                .formatted(
                                        string(Type.STR, depth),
                                        string(Type.INT, depth),
                                        string(Type.STR, depth)),
                () ->
                        "(%s .. show(%s))"
                                .formatted(string(Type.STR, depth), string(Type.FLOAT, depth)),
                () -> "text(%s)".formatted(string(Type.INT, depth)),
                () -> "show(%s)".formatted(string(Type.ANY, depth)),
                () ->
                        "table.concat(%s, %s)"
                                .formatted(string(Type.LIST, depth), string(Type.STR, 0)),
                () -> "string.char(%s %% 256)".formatted(string(Type.INT, depth)),
                () -> "utf8.char(%s %% 0x11000)".formatted(string(Type.INT, depth)),
                () -> format(depth),
                () -> "type(%s)".formatted(string(Type.ANY, depth)));
    }

    private String taken(int depth) {
        String s = "(" + string(Type.STR, depth) + ")";
        return choice.make(
                () -> s + ":" + choice.of("upper()", "lower()", "reverse()"),
                () -> "%s:sub(%d, %d)".formatted(s, choice.between(-4, 4), choice.between(-4, 9)),
                () -> "%s:rep(%d, %s)".formatted(s, choice.between(-1, 3), literals.string()),
                () -> "str(%s:match(%s))".formatted(s, literals.pattern()),
                () -> "(%s:gsub(%s, %s))".formatted(s, literals.pattern(), literals.replacement()),
                () ->
                        "(%s:gsub(%s, function(a, b) return b or a end))"
                                .formatted(s, literals.pattern()),
                () ->
                        "(%s:gsub('%%w', %s, %d))"
                                .formatted(s, literals.replacement(), choice.below(3)));
    }

    private String format(int depth) {
        return choice.make(
                () -> formatted(literals.integerFormat(), "int(" + string(Type.INT, depth) + ")"),
                () -> formatted(literals.stringFormat(), "str(" + string(Type.STR, depth) + ")"),
                () -> formatted(literals.floatFormat(), literals.number()),
                () -> formatted("%d", string(Type.FLOAT, depth)),
                () -> formatted("%s %5s", "1.5, text(" + string(Type.INT, depth) + ")"));
    }

    private static String formatted(String format, String arguments) {
        return "string.format('%s', %s)".formatted(format, arguments);
    }
}
