package dev.corona.weave.random;

import dev.corona.weave.random.Scope.Method;
import dev.corona.weave.random.Scope.Type;
import dev.corona.weave.random.Scope.Variable;

import java.util.List;

/** Random expressions of a wanted type. */
final class Expressions {
    private static final int DEEPEST = 3;

    private final Scope scope;

    Expressions(Scope scope) {
        this.scope = scope;
    }

    private Expressions in(Scope other) {
        return new Expressions(other);
    }

    String of(Type type) {
        return of(type, 0);
    }

    private String of(Type type, int depth) {
        if (depth >= DEEPEST || scope.chance(40 + 20 * depth)) return leaf(type);
        int choice = scope.random.nextInt(12);
        return switch (choice) {
            case 0 ->
                    "(%s ? %s : %s)"
                            .formatted(
                                    of(Type.BOOLEAN, depth + 1),
                                    of(type, depth + 1),
                                    of(type, depth + 1));
            case 1, 2 -> call(type, depth + 1);
            case 3 -> viaLambda(type, depth + 1);
            case 4 -> viaSwitch(type, depth + 1);
            case 5 -> assignment(type, depth + 1);
            case 6 -> generic(type, depth + 1);
            default -> own(type, depth + 1);
        };
    }

    /** A literal, a variable, or for numbers a point. */
    private String leaf(Type type) {
        List<Variable> known = scope.readable(type);
        if (!known.isEmpty() && scope.chance(55)) return scope.pick(known).name();
        int n = scope.random.nextInt(20) - 4;
        return switch (type) {
            case INT -> scope.quiet || scope.chance(30) ? "(" + n + ")" : point();
            case LONG -> "(%dL << %d)".formatted(n, scope.random.nextInt(50));
            case FLOAT -> "%d.5f".formatted(Math.abs(n));
            case DOUBLE -> "%d.25".formatted(Math.abs(n));
            case BOOLEAN -> scope.chance(50) ? "true" : "false";
            case CHAR -> "'%c'".formatted('a' + Math.abs(n));
            case BYTE -> "(byte) (%d)".formatted(n * 11);
            case SHORT -> "(short) (%d)".formatted(n * 3001);
            case STRING -> "\"s%d\"".formatted(Math.abs(n));
            case OBJECT -> scope.chance(20) ? "((Object) null)" : "(Object) " + leaf(anyOf(6));
            case INTS -> "new int[] {%d, 2, 3, 4}".formatted(n);
            case BOX ->
                    scope.chance(50)
                            ? "new IntBox(%d)".formatted(n)
                            : "new Box<>((Integer) (%d))".formatted(n);
            case SHAPE -> "new Dot(%d)".formatted(n);
        };
    }

    private String point() {
        return "p.point(\"%s\")".formatted(scope.fresh("p"));
    }

    private Type anyOf(int first) {
        return Type.values()[scope.random.nextInt(first)];
    }

    private String call(Type type, int depth) {
        List<Method> fitting =
                scope.callable.stream()
                        .filter(m -> m.result() == type && (m.isStatic() || !scope.isStatic))
                        .toList();
        if (fitting.isEmpty() || scope.quiet) return own(type, depth);
        Method method = scope.pick(fitting);
        StringBuilder call = new StringBuilder();
        call.append(method.name()).append("(p, ").append(scope.chance(70) ? "0" : "1");
        for (Type parameter : method.parameters()) call.append(", ").append(of(parameter, depth));
        return call.append(")").toString();
    }

    private String viaLambda(Type type, int depth) {
        if (scope.quiet || scope.guard) return own(type, depth);
        return unboxed(type, byLambda(type, depth));
    }

    private String byLambda(Type type, int depth) {
        Expressions inner = in(scope.ofLambda());
        return switch (scope.random.nextInt(4)) {
            case 0 ->
                    "((Supplier<%s>) () -> %s).get()"
                            .formatted(type.boxed, boxed(type, inner.of(type, depth)));
            case 1 -> {
                String name = scope.fresh("x");
                Scope body = scope.ofLambda();
                body.variables.add(new Variable(name, Type.INT, false, true));
                yield "((IntFunction<%s>) (%s -> %s)).apply(%s)"
                        .formatted(
                                type.boxed,
                                name,
                                boxed(type, in(body).of(type, depth)),
                                of(Type.INT, depth));
            }
            case 2 -> {
                String name = scope.fresh("x");
                Scope body = scope.ofLambda();
                body.variables.add(new Variable(name, Type.STRING, false, true));
                yield "Kit.<String, %s>map(p, %s, (Function<String, %s>) (%s -> %s))"
                        .formatted(
                                type.boxed,
                                of(Type.STRING, depth),
                                type.boxed,
                                name,
                                boxed(type, in(body).of(type, depth)));
            }
            default ->
                    "new Box<%s>(%s) { @Override public %s get(Points q) { q.point(\"anon\"); return Kit.choose(q, true, super.get(q), value); } }.get(p)"
                            .formatted(type.boxed, boxed(type, of(type, depth)), type.boxed);
        };
    }

    private String boxed(Type type, String expression) {
        return "(%s) (%s)".formatted(type.java, expression);
    }

    /** A generic call's result as the primitive that it is, since a wrapper cannot be cast to other primitives. */
    private static String unboxed(Type type, String expression) {
        return "((%s) %s)".formatted(type.java, expression);
    }

    private String viaSwitch(Type type, int depth) {
        if (scope.guard) return own(type, depth);
        return switch (scope.random.nextInt(4)) {
            case 0 ->
                    "(switch (%s & 3) { case 0 -> %s; case 1, 2 -> %s; default -> %s; })"
                            .formatted(
                                    of(Type.INT, depth),
                                    of(type, depth),
                                    of(type, depth),
                                    of(type, depth));
            case 1 -> {
                String y = scope.fresh("y");
                String z = scope.fresh("z");
                yield "(switch (%s) { case \"s1\", \"s2\": %s %s = %s; yield %s; case \"s3\": %s; default: %s %s = %s; yield %s; })"
                        .formatted(
                                of(Type.STRING, depth),
                                type.java,
                                y,
                                of(type, depth),
                                y,
                                scope.quiet ? "" : point(),
                                type.java,
                                z,
                                of(type, depth),
                                z);
            }
            case 2 -> {
                String i = scope.fresh("i");
                String s = scope.fresh("t");
                yield "(switch (%s) { case null -> %s; case Integer %s when %s > %s -> %s; case String %s -> %s; default -> %s; })"
                        .formatted(
                                of(Type.OBJECT, depth),
                                leaf(type),
                                i,
                                i,
                                in(scope.ofGuard()).of(Type.INT, depth),
                                with("((int) %s)".formatted(i), Type.INT).of(type, depth),
                                s,
                                with(s, Type.STRING).of(type, depth),
                                of(type, depth));
            }
            default -> {
                String x = scope.fresh("x");
                String l = scope.fresh("l");
                yield "(switch ((Shape) %s) { case Dot(int %s) -> %s; case Line(Points %s, Dot(int %s), long %s) -> %s; case Group(Dot %s, Shape %s) -> %s; case Group %s -> %s; })"
                        .formatted(
                                scope.quiet ? "new Dot(3)" : of(Type.SHAPE, depth),
                                x,
                                with(x, Type.INT).of(type, depth),
                                scope.fresh("q"),
                                scope.fresh("x"),
                                l,
                                with(l, Type.LONG).of(type, depth),
                                scope.fresh("d"),
                                scope.fresh("y"),
                                of(type, depth),
                                scope.fresh("g"),
                                leaf(type));
            }
        };
    }

    private Expressions with(String name, Type type) {
        Scope inner = scope.inner();
        inner.variables.add(new Variable(name, type, true, true));
        return in(inner);
    }

    private String assignment(Type type, int depth) {
        List<Variable> known = scope.writable(type);
        if (known.isEmpty()) return own(type, depth);
        Variable v = scope.pick(known);
        boolean number = type.ordinal() <= Type.DOUBLE.ordinal();
        String value = of(type, depth);
        if (number && scope.chance(30))
            return scope.chance(50) ? "(%s++)".formatted(v.name()) : "(--%s)".formatted(v.name());
        if ((number || type == Type.STRING) && scope.chance(60))
            return "(%s += %s)".formatted(v.name(), value);
        return "(%s = %s)".formatted(v.name(), value);
    }

    private String generic(Type type, int depth) {
        if (scope.quiet || scope.guard) return own(type, depth);
        return unboxed(
                type,
                "Kit.<%s>choose(p, %s, %s, %s)"
                        .formatted(
                                type.boxed,
                                of(Type.BOOLEAN, depth),
                                boxed(type, of(type, depth)),
                                boxed(type, of(type, depth))));
    }

    private String own(Type type, int depth) {
        return switch (type) {
            case INT -> ofInt(depth);
            case LONG -> ofLong(depth);
            case FLOAT ->
                    "(%s %s %s)".formatted(of(Type.FLOAT, depth), arithmetic(), narrow(depth));
            case DOUBLE -> ofDouble(depth);
            case BOOLEAN -> ofBoolean(depth);
            case CHAR -> "(char) ((%s & 15) + 'a')".formatted(of(Type.INT, depth));
            case BYTE -> "(byte) (%s)".formatted(of(anyOf(4), depth));
            case SHORT -> "(short) (%s)".formatted(of(anyOf(4), depth));
            case STRING -> ofString(depth);
            case OBJECT -> "(Object) (%s)".formatted(of(anyOf(9), depth));
            case INTS ->
                    scope.chance(50)
                            ? "new int[] {%s, %s, %s, %s}"
                                    .formatted(
                                            of(Type.INT, depth),
                                            of(Type.BYTE, depth),
                                            of(Type.CHAR, depth),
                                            of(Type.INT, depth))
                            : "new int[][] {%s, %s}[%s & 1]"
                                    .formatted(
                                            of(Type.INTS, depth),
                                            of(Type.INTS, depth),
                                            of(Type.INT, depth));
            case BOX ->
                    scope.chance(50)
                            ? "new IntBox(%s)".formatted(of(Type.INT, depth))
                            : "new Box<Integer>((Integer) (%s))".formatted(of(Type.INT, depth));
            case SHAPE ->
                    switch (scope.random.nextInt(3)) {
                        case 0 -> "new Dot(%s)".formatted(of(Type.INT, depth));
                        case 1 ->
                                "new Line(p, new Dot(%s), %s)"
                                        .formatted(of(Type.INT, depth), of(Type.LONG, depth));
                        default ->
                                "new Group(%s, %s)"
                                        .formatted(of(Type.SHAPE, depth), of(Type.SHAPE, depth));
                    };
        };
    }

    private String narrow(int depth) {
        return of(scope.pick(List.of(Type.INT, Type.LONG, Type.FLOAT, Type.SHORT)), depth);
    }

    private String arithmetic() {
        return scope.pick(List.of("+", "-", "*"));
    }

    private String ofInt(int depth) {
        String a = of(Type.INT, depth);
        return switch (scope.random.nextInt(14)) {
            case 0 -> "(%s / %s)".formatted(a, of(Type.INT, depth));
            case 1 -> "(%s %% (%s | 1))".formatted(a, of(Type.INT, depth));
            case 2 ->
                    "(%s %s %s)"
                            .formatted(
                                    a,
                                    scope.pick(List.of("<<", ">>", ">>>", "&", "|", "^")),
                                    of(Type.INT, depth));
            case 3 -> "(int) (%s)".formatted(of(anyOf(4), depth));
            case 4 -> "%s[%s & 3]".formatted(of(Type.INTS, depth), a);
            case 5 ->
                    scope.readable(Type.INTS).isEmpty()
                            ? a
                            : "(%s[%s & 3] %s= %s)"
                                    .formatted(
                                            scope.pick(scope.readable(Type.INTS)).name(),
                                            a,
                                            scope.pick(List.of("", "+", "*", "^", ">>")),
                                            of(Type.INT, depth));
            case 6 -> "%s.length()".formatted(of(Type.STRING, depth));
            case 7 -> scope.quiet ? a : "((int) %s.get(p))".formatted(of(Type.BOX, depth));
            case 8 ->
                    scope.quiet
                            ? a
                            : "((int) %s.swap(p, (Integer) (%s)))"
                                    .formatted(of(Type.BOX, depth), a);
            case 9 ->
                    scope.quiet
                            ? a
                            : "Kit.sum(p, %s, %s, %s)"
                                    .formatted(a, of(Type.SHORT, depth), of(Type.INT, depth));
            case 10 -> {
                String i = scope.fresh("i");
                yield "(%s instanceof Integer %s && %s > %s ? %s : %s)"
                        .formatted(of(Type.OBJECT, depth), i, i, a, i, of(Type.INT, depth));
            }
            case 11 -> "(-%s + ~%s)".formatted(a, of(Type.CHAR, depth));
            default -> "(%s %s %s)".formatted(a, arithmetic(), of(Type.INT, depth));
        };
    }

    private String ofLong(int depth) {
        String a = of(Type.LONG, depth);
        return switch (scope.random.nextInt(7)) {
            case 0 -> "(%s / %s)".formatted(a, of(Type.LONG, depth));
            case 1 -> "(%s %% (%s | 1L))".formatted(a, of(Type.INT, depth));
            case 2 ->
                    "(%s %s %s)"
                            .formatted(
                                    a,
                                    scope.pick(List.of("<<", ">>", ">>>", "&", "|", "^")),
                                    of(Type.INT, depth));
            case 3 -> "(long) (%s)".formatted(of(anyOf(4), depth));
            case 4 -> scope.quiet ? a : "%s.size(p)".formatted(of(Type.SHAPE, depth));
            default ->
                    "(%s %s %s)"
                            .formatted(
                                    a,
                                    arithmetic(),
                                    of(scope.chance(50) ? Type.INT : Type.LONG, depth));
        };
    }

    private String ofDouble(int depth) {
        String a = of(Type.DOUBLE, depth);
        if (!scope.quiet && scope.chance(15)) {
            return "Kit.mix(p, %s, %s, %s, %s, %s, %s, %s)"
                    .formatted(
                            of(Type.BYTE, depth),
                            of(Type.SHORT, depth),
                            of(Type.CHAR, depth),
                            of(Type.LONG, depth),
                            of(Type.FLOAT, depth),
                            a,
                            of(Type.INT, depth));
        }
        return "(%s %s %s)"
                .formatted(a, scope.pick(List.of("+", "-", "*", "/", "%")), of(anyOf(4), depth));
    }

    private String ofBoolean(int depth) {
        return switch (scope.random.nextInt(6)) {
            case 0 ->
                    "(%s %s %s)"
                            .formatted(
                                    of(Type.BOOLEAN, depth),
                                    scope.pick(List.of("&&", "||", "^", "&", "==")),
                                    of(Type.BOOLEAN, depth));
            case 1 -> "(!%s)".formatted(of(Type.BOOLEAN, depth));
            case 2 -> "(%s instanceof String)".formatted(of(Type.OBJECT, depth));
            case 3 ->
                    "(%s %s null)"
                            .formatted(of(Type.OBJECT, depth), scope.chance(50) ? "==" : "!=");
            default ->
                    "(%s %s %s)"
                            .formatted(
                                    of(anyOf(4), depth),
                                    scope.pick(List.of("<", ">", "<=", ">=", "==", "!=")),
                                    of(anyOf(4), depth));
        };
    }

    private String ofString(int depth) {
        String a = of(Type.STRING, depth);
        return switch (scope.random.nextInt(4)) {
            case 0 -> "(%s + %s + %s)".formatted(a, of(anyOf(9), depth), of(anyOf(9), depth));
            case 1 -> "Kit.show(%s)".formatted(of(scope.pick(List.of(Type.values())), depth));
            case 2 -> "%s.substring(%s & 1)".formatted(a, of(Type.INT, depth));
            default -> "(%s + %s)".formatted(a, of(anyOf(8), depth));
        };
    }
}
