package dev.corona.weave.random;

import dev.corona.weave.random.Scope.Type;
import dev.corona.weave.random.Scope.Variable;
import dev.corona.weave.random.Text.Block;

import java.util.List;

/** Random statements. */
final class Statements {
    private static final int DEEPEST = 2;
    private static final List<String> CAUGHT =
            List.of(
                    "ArithmeticException",
                    "ArithmeticException | IllegalStateException",
                    "RuntimeException",
                    "IndexOutOfBoundsException",
                    "NullPointerException | ClassCastException");

    private final Scope scope;
    private final Type result;
    private final int depth;

    /**
     * @param result what a {@code return} in them returns; null in a block that may not
     */
    Statements(Scope scope, @org.jspecify.annotations.Nullable Type result, int depth) {
        this.scope = scope;
        this.result = result;
        this.depth = depth;
    }

    private Expressions expressions() {
        return new Expressions(scope);
    }

    private String any(Type type) {
        return expressions().of(type);
    }

    /** Up to {@code most} statements; what they declare is known after them. */
    Block block(int most) {
        Block block = new Block();
        int count = 1 + scope.random.nextInt(most);
        for (int i = 0; i < count; i++) block.statements.add(statement());
        return block;
    }

    private Block nested(Scope inner) {
        return new Statements(inner, result, depth + 1).block(2);
    }

    private Block nested() {
        return nested(scope.inner());
    }

    private Text statement() {
        if (depth >= DEEPEST) return simple();
        return switch (scope.random.nextInt(20)) {
            case 0, 1 -> Text.of("if (" + any(Type.BOOLEAN) + ") ", nested(), " else ", nested());
            case 2 -> counted();
            case 3 -> whileLoop();
            case 4 -> forEach();
            case 5, 6, 7 -> tryStatement();
            case 8 -> resources();
            case 9 -> switchStatement();
            case 10 -> patterns();
            case 11 -> locked();
            case 12 -> localClass();
            case 13 -> function();
            default -> simple();
        };
    }

    private Text simple() {
        return switch (scope.random.nextInt(9)) {
            case 0, 1, 2 -> declaration();
            case 3 -> leaving();
            case 4 ->
                    Text.of(
                            "if (%s) throw new %s(%s);"
                                    .formatted(
                                            any(Type.BOOLEAN),
                                            scope.pick(
                                                    List.of(
                                                            "IllegalStateException",
                                                            "ArithmeticException")),
                                            any(Type.STRING)));
            case 5 -> scope.quiet ? declaration() : Text.of("p.point(" + any(Type.OBJECT) + ");");
            case 6 -> Text.of("assert %s != 1 : %s;".formatted(any(Type.INT), any(Type.STRING)));
            default -> assignment();
        };
    }

    private Text declaration() {
        Type type = scope.pick(List.of(Type.values()));
        String value = any(type);
        boolean fixed = scope.chance(40);
        String name = scope.fresh("v");
        scope.variables.add(new Variable(name, type, fixed, true));
        return Text.of("%s%s %s = %s;".formatted(fixed ? "final " : "", type.java, name, value));
    }

    private Text assignment() {
        Type type = scope.pick(List.of(Type.values()));
        List<Variable> known = scope.writable(type);
        if (known.isEmpty()) return declaration();
        return Text.of(scope.pick(known).name() + " = " + any(type) + ";");
    }

    private Text leaving() {
        String condition = any(Type.BOOLEAN);
        boolean labelled = !scope.labels.isEmpty() && scope.chance(40);
        if (scope.loops > 0 && scope.chance(70)) {
            String how = scope.chance(50) ? "break" : "continue";
            String where = labelled ? " " + scope.pick(scope.labels) : "";
            return Text.of("if (%s) %s%s;".formatted(condition, how, where));
        }
        if (result == null) return declaration();
        return Text.of("if (%s) return %s;".formatted(condition, any(result)));
    }

    private Scope loop() {
        Scope inner = scope.inner();
        inner.loops++;
        return inner;
    }

    private Text counted() {
        String i = scope.fresh("i");
        Scope inner = loop();
        String label = "";
        if (scope.chance(50)) {
            label = scope.fresh("loop");
            inner.labels.add(label);
            label += ": ";
        }
        String end = scope.chance(50) ? "2" : "(%s & 3)".formatted(any(Type.INT));
        return Text.of(
                "%sfor (int %s = 0; %s < %s; %s++) ".formatted(label, i, i, end, i), nested(inner));
    }

    private Text whileLoop() {
        String i = scope.fresh("i");
        if (scope.chance(50)) {
            return Text.of(
                    "int %s = 3; while (%s-- > 0 && %s) ".formatted(i, i, any(Type.BOOLEAN)),
                    nested(loop()));
        }
        return Text.of(
                "int %s = 2; do ".formatted(i),
                nested(loop()),
                " while (%s-- > 0 && %s);".formatted(i, any(Type.BOOLEAN)));
    }

    private Text forEach() {
        String each = scope.fresh("e");
        Scope inner = loop();
        inner.variables.add(new Variable(each, Type.INT, false, true));
        String over =
                switch (scope.random.nextInt(3)) {
                    case 0 -> any(Type.INTS);
                    case 1 -> "List.of(%s, %s)".formatted(any(Type.INT), any(Type.INT));
                    default ->
                            scope.quiet
                                    ? any(Type.INTS)
                                    : "new Counted(p, %s)".formatted(any(Type.INT));
                };
        return Text.of("for (int %s : %s) ".formatted(each, over), nested(inner));
    }

    private Text tryStatement() {
        Text text = Text.of("try ", nested());
        boolean finallyOnly = scope.chance(25);
        if (!finallyOnly) {
            String e = scope.fresh("e");
            Scope inner = scope.inner();
            Block handler = nested(inner);
            if (!scope.quiet) handler.statements.add(Text.of("p.point(" + e + ".getMessage());"));
            if (scope.chance(20))
                handler.statements.add(Text.of("if (p.count > 3) throw " + e + ";"));
            text.add(" catch (" + scope.pick(CAUGHT) + " " + e + ") ").add(handler);
        }
        if (finallyOnly || scope.chance(40)) text.add(" finally ").add(nested());
        return text;
    }

    private Text resources() {
        if (scope.quiet) return simple();
        Text text =
                Text.of(
                        "try (Resource %s = new Resource(p, %s); Resource %s = new Resource(p, %s)) "
                                .formatted(
                                        scope.fresh("r"),
                                        any(Type.INT),
                                        scope.fresh("r"),
                                        any(Type.BYTE)),
                        nested());
        if (scope.chance(60)) {
            String e = scope.fresh("e");
            Block handler = new Block();
            handler.statements.add(
                    Text.of(
                            "p.point(%s.getMessage() + %s.getSuppressed().length);"
                                    .formatted(e, e)));
            text.add(" catch (IllegalStateException " + e + ") ").add(handler);
        }
        return text;
    }

    private Text switchStatement() {
        Scope inner = scope.inner();
        Text text = Text.of("switch (" + any(Type.INT) + " & 3) { case 0: ", nested(inner));
        text.add(scope.chance(50) ? " break; case 1: " : " case 1: ").add(nested());
        if (scope.chance(50)) text.add(" case 3: ").add(nested()).add(" break;");
        if (scope.chance(70)) text.add(" default: ").add(nested());
        return text.add(" }");
    }

    private Text patterns() {
        String i = scope.fresh("i");
        String s = scope.fresh("t");
        Scope ints = scope.inner();
        ints.variables.add(new Variable("((int) %s)".formatted(i), Type.INT, true, true));
        Scope strings = scope.inner();
        strings.variables.add(new Variable(s, Type.STRING, false, true));
        String guard = new Expressions(scope.ofGuard()).of(Type.BOOLEAN);
        return Text.of(
                "switch (%s) { case null -> ".formatted(any(Type.OBJECT)),
                nested(),
                " case Integer %s when p == null | %s -> ".formatted(i, guard),
                nested(ints),
                " case String %s -> ".formatted(s),
                nested(strings),
                " default -> ",
                nested(),
                " }");
    }

    private Text locked() {
        Scope inner = scope.inner();
        inner.quiet = true;
        return Text.of("synchronized (Kit.class) ", nested(inner));
    }

    private Text localClass() {
        if (scope.quiet) return simple();
        String name = scope.fresh("Local");
        Scope inner = scope.ofLambda();
        inner.isStatic = true;
        Type type = scope.pick(List.of(Type.INT, Type.LONG, Type.STRING, Type.DOUBLE));
        String body = new Expressions(inner).of(type);
        String variable = scope.fresh("v");
        Text text =
                Text.of(
                        "class %s { %s kept = %s; %s run(Points p) { return (%s) (%s); } } "
                                .formatted(
                                        name,
                                        type.java,
                                        quiet(inner).of(type),
                                        type.java,
                                        type.java,
                                        body),
                        "%s %s = (%s) (new %s().run(p) + new %s().kept);"
                                .formatted(type.java, variable, type.java, name, name));
        scope.variables.add(new Variable(variable, type, false, true));
        return text;
    }

    private static Expressions quiet(Scope from) {
        Scope quiet = from.inner();
        quiet.quiet = true;
        return new Expressions(quiet);
    }

    private Text function() {
        if (scope.quiet) return simple();
        String name = scope.fresh("f");
        String variable = scope.fresh("v");
        Scope inner = scope.ofLambda();
        String x = scope.fresh("x");
        inner.variables.add(new Variable(x, Type.INT, false, true));
        Block body = new Statements(inner, Type.INT, depth + 1).block(2);
        body.statements.add(Text.of("return " + new Expressions(inner).of(Type.INT) + ";"));
        Text text =
                Text.of(
                        "IntUnaryOperator %s = %s -> ".formatted(name, x),
                        body,
                        "; int %s = %s.applyAsInt(%s) + %s.applyAsInt(1);"
                                .formatted(variable, name, any(Type.INT), name));
        scope.variables.add(new Variable(variable, Type.INT, false, true));
        return text;
    }
}
