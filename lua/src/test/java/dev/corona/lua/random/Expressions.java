package dev.corona.lua.random;

import dev.corona.lua.random.Scope.Signature;
import dev.corona.lua.random.Scope.Variable;

import java.util.ArrayList;
import java.util.List;

/**
 * Expressions of a type. Now and then one is of another type, which is an error that the program sees. Functions that assign to
 * variables outside of them are not called in the middle of an expression: in which order operands are read is not defined.
 */
final class Expressions {
    private final Choice choice;
    private final Scope scope;
    private final Literals literals;
    private final StringExpressions strings;

    Expressions(Choice choice, Scope scope) {
        this.choice = choice;
        this.scope = scope;
        literals = new Literals(choice);
        strings = new StringExpressions(choice, this, literals);
    }

    /** Of a type, nested no deeper than so many levels. */
    String of(Type type, int depth) {
        if (choice.oneIn(300)) return atom(Type.plain(choice));
        if (depth <= 0 || choice.oneIn(4)) return atom(type);
        if (choice.oneIn(9)) return conditional(type, depth - 1);
        if (choice.oneIn(6)) {
            String call = call(type, depth - 1, true);
            if (call != null) return call;
        }
        return switch (type) {
            case INT -> integer(depth - 1);
            case FLOAT -> number(depth - 1);
            case NUM -> choice.oneIn(2) ? mixed(depth - 1) : atom(Type.NUM);
            case STR -> strings.string(depth - 1);
            case BOOL -> condition(depth - 1);
            case LIST -> list(depth - 1);
            case RECORD, OBJECT -> atom(type);
            case ANY -> of(Type.plain(choice), depth);
        };
    }

    String of(Type type) {
        return of(type, choice.between(0, 3));
    }

    private String atom(Type type) {
        List<Variable> variables = scope.of(type);
        if (!variables.isEmpty() && !choice.oneIn(3)) return choice.of(variables).name();
        return switch (type) {
            case INT -> literals.integer();
            case FLOAT -> literals.number();
            case NUM -> choice.make(literals::integer, literals::number, () -> "'12'");
            case STR -> literals.string();
            case BOOL -> choice.of("true", "false");
            case LIST -> choice.of("{}", "{1, 2, 3}", "{7, 5, 6, 8}");
            case RECORD -> "{a = 1, b = 'r'}";
            case OBJECT -> variables.isEmpty() ? "'o'" : variables.getFirst().name();
            case ANY -> choice.of("nil", "false", "print", literals.integer(), literals.string());
        };
    }

    private String conditional(Type type, int depth) {
        String then = of(type, depth);
        return "(%s and %s or %s)".formatted(of(Type.BOOL, depth), then, of(type, depth));
    }

    /** A call of a function of the program; null if none can be called here. */
    String call(Type result, int depth, boolean pure) {
        List<Variable> functions = scope.functions(result, pure);
        if (functions.isEmpty()) return null;
        Variable function = choice.of(functions);
        if (function.signature().yields()) scope.yielded();
        if (!function.signature().pure()) scope.calledImpure();
        return "%s(%s)".formatted(function.name(), arguments(function.signature(), depth));
    }

    private String arguments(Signature signature, int depth) {
        List<String> arguments = new ArrayList<>();
        for (Type type : signature.parameters()) {
            arguments.add(type == Type.STR ? "cut(" + of(type, depth) + ")" : of(type, depth));
        }
        int more = signature.vararg() ? choice.below(3) : 0;
        for (int i = 0; i < more; i++) arguments.add(of(Type.ANY, depth));
        if (choice.oneIn(60) && !arguments.isEmpty()) arguments.removeLast();
        if (choice.oneIn(12) && scope.function().vararg) arguments.add("...");
        return String.join(", ", arguments);
    }

    private String integer(int depth) {
        return choice.make(
                () -> arithmetic(choice.of("+", "-", "*", "&", "|", "~"), Type.INT, depth),
                () -> arithmetic(choice.of("+", "-", "*"), Type.INT, depth),
                () -> "(%s %s %s)".formatted(of(Type.INT, depth), division(), divisor(depth)),
                () ->
                        "(%s %s %d)"
                                .formatted(
                                        of(Type.INT, depth),
                                        choice.of("<<", ">>"),
                                        choice.between(-3, 66)),
                () -> choice.of("-", "~", "- -", "-~") + "(" + of(Type.INT, depth) + ")",
                () -> "#" + choice.make(() -> atom(Type.STR), () -> atom(Type.LIST)),
                () -> "int(" + any(depth) + ")",
                () ->
                        "math.%s(%s, %s)"
                                .formatted(
                                        choice.of("max", "min"),
                                        of(Type.INT, depth),
                                        of(Type.INT, depth)),
                () ->
                        "int(math.%s(%s))"
                                .formatted(
                                        choice.of("floor", "ceil", "tointeger", "abs"),
                                        of(Type.FLOAT, depth)),
                () -> "int(tonumber(%s))".formatted(of(Type.STR, depth)),
                () -> "select('#', %s, %s)".formatted(any(depth), of(Type.INT, depth)),
                () ->
                        "int((%s):%s)"
                                .formatted(
                                        of(Type.STR, depth),
                                        choice.of(
                                                "byte()",
                                                "byte(-1)",
                                                "find('b')",
                                                "len()",
                                                "byte(2, 3)")),
                () ->
                        "each(%d, function(a, b) return (%s) end)"
                                .formatted(choice.between(1, 3), inside(List.of("a", "b"), depth)));
    }

    /** An integer that also looks at two parameters of the function literal around it. */
    private String inside(List<String> parameters, int depth) {
        int mark = scope.mark();
        scope.enter(new Scope.Function(false, false));
        for (String p : parameters) scope.declare(p, Type.INT, false);
        String result = of(Type.INT, depth);
        scope.leaveFunction();
        scope.leave(mark);
        return result;
    }

    private String arithmetic(String operator, Type type, int depth) {
        String form = choice.oneIn(3) ? "%s %s %s" : "(%s %s %s)";
        return form.formatted(of(type, depth), operator, of(type, depth));
    }

    private String division() {
        return choice.of("//", "%");
    }

    private String divisor(int depth) {
        return choice.oneIn(25)
                ? of(Type.INT, depth)
                : choice.of("1", "2", "3", "-3", "7", "-1", "10");
    }

    private String number(int depth) {
        return choice.make(
                () -> arithmetic(choice.of("+", "-", "*", "/"), Type.FLOAT, depth),
                () ->
                        "(%s %s %s)"
                                .formatted(
                                        of(Type.FLOAT, depth),
                                        choice.of("//", "%", "/"),
                                        of(Type.FLOAT, depth)),
                () -> "(%s / %s)".formatted(of(Type.INT, depth), of(Type.INT, depth)),
                () -> "(%s + %s)".formatted(of(Type.INT, depth), of(Type.FLOAT, depth)),
                () ->
                        "float(%s ^ %s)"
                                .formatted(of(Type.FLOAT, depth), choice.of("2", "0.5", "-1", "3")),
                () -> "-(" + of(Type.FLOAT, depth) + ")",
                () -> "math.sqrt(math.abs(%s))".formatted(of(Type.FLOAT, depth)),
                () -> "float(tonumber(%s))".formatted(of(Type.STR, depth)));
    }

    /** Arithmetic of which neither operand is known to be an integer. */
    private String mixed(int depth) {
        return "(%s %s %s)"
                .formatted(of(Type.NUM, depth), choice.of("+", "-", "*", "%"), of(Type.NUM, depth));
    }

    private String condition(int depth) {
        String compare = choice.of("<", "<=", ">", ">=", "==", "~=");
        return choice.make(
                () -> "%s %s %s".formatted(of(Type.INT, depth), compare, of(Type.INT, depth)),
                () -> "%s %s %s".formatted(of(Type.INT, depth), compare, of(Type.FLOAT, depth)),
                () -> "%s %s %s".formatted(of(Type.FLOAT, depth), compare, of(Type.FLOAT, depth)),
                () -> "(%s) %s (%s)".formatted(of(Type.STR, depth), compare, of(Type.STR, depth)),
                () -> "not (" + of(Type.BOOL, depth) + ")",
                () ->
                        "(%s %s %s)"
                                .formatted(
                                        of(Type.BOOL, depth),
                                        choice.of("and", "or"),
                                        of(Type.BOOL, depth)),
                () -> "(%s) %s (%s)".formatted(any(depth), choice.of("==", "~="), any(depth)),
                () -> "math.ult(%s, %s)".formatted(of(Type.INT, depth), of(Type.INT, depth)),
                () -> "(%s %s %s)".formatted(atom(Type.OBJECT), compare, atom(Type.OBJECT)));
    }

    private String list(int depth) {
        return choice.make(
                () -> "{%s, %s}".formatted(of(Type.INT, depth), of(Type.INT, depth)),
                () -> "{%s, table.unpack(%s)}".formatted(of(Type.INT, depth), of(Type.LIST, depth)),
                () ->
                        "sorted({%s, %s, %s})"
                                .formatted(
                                        of(Type.INT, depth),
                                        of(Type.INT, depth),
                                        of(Type.INT, depth)),
                () ->
                        "sorted({4, 2, 5, 1}, function(a, b) return a %s b end)"
                                .formatted(choice.of("<", ">")),
                () -> "table.move(%s, 1, 2, 2)".formatted(of(Type.LIST, depth)),
                () ->
                        "{int(%s), %s}"
                                .formatted(
                                        scope.function().vararg ? "(...)" : "1",
                                        of(Type.INT, depth)),
                () -> "{(%s):byte(1, -1)}".formatted(of(Type.STR, depth)));
    }

    /** Anything, above all what only programs with tables and coroutines have. */
    String any(int depth) {
        if (scope.function().coroutine && choice.oneIn(3)) {
            scope.yielded();
            return "coroutine.yield(%s)".formatted(of(Type.plain(choice), depth));
        }
        List<Variable> objects = scope.of(Type.OBJECT);
        if (!objects.isEmpty() && choice.oneIn(2))
            return metamethod(choice.of(objects).name(), depth);
        List<Variable> records = scope.of(Type.RECORD);
        if (!records.isEmpty() && choice.oneIn(2)) return field(choice.of(records).name(), depth);
        List<Variable> lists = scope.of(Type.LIST);
        if (!lists.isEmpty() && choice.oneIn(2))
            return "%s[ %s ]".formatted(choice.of(lists).name(), of(Type.INT, depth));
        return of(Type.ANY, depth);
    }

    private String field(String record, int depth) {
        return choice.make(
                () -> record + choice.of(".a", ".b", ".none", "['a']"),
                () -> "%s[ %s ]".formatted(record, of(Type.STR, depth)),
                () -> "%s.m and %s:m(%s)".formatted(record, record, of(Type.INT, depth)));
    }

    private String metamethod(String object, int depth) {
        String operator =
                choice.of("+", "-", "*", "/", "//", "%", "&", "|", "~", "<<", ">>", "..", "^");
        return choice.make(
                () -> "(%s %s %s)".formatted(object, operator, of(Type.INT, depth)),
                () -> "(%s %s %s)".formatted(literals.integer(), operator, object),
                () -> "(%s %s %s)".formatted(object, operator, object),
                () -> choice.of("-", "~", "#") + object,
                () -> "%s[ %s ]".formatted(object, of(Type.STR, depth)),
                () -> object + "." + choice.of("a", "x", "y"),
                () -> "%s(%s, %s)".formatted(object, of(Type.INT, depth), of(Type.STR, depth)));
    }
}
