package dev.corona.weave.random;

import dev.corona.weave.random.Scope.Method;
import dev.corona.weave.random.Scope.Type;
import dev.corona.weave.random.Scope.Variable;
import dev.corona.weave.random.Text.Block;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes the program of a seed: a class with fields, some methods that call each other, and a {@code run}. */
final class ProgramWriter {
    private static final int MOST_METHODS = 3;

    private final String name;
    private final Random random;
    private final List<Variable> fields = new ArrayList<>();
    private final List<Method> methods = new ArrayList<>();

    private ProgramWriter(String name, long seed) {
        this.name = name;
        random = new Random(seed);
    }

    static Text write(String name, long seed) {
        return new ProgramWriter(name, seed).program();
    }

    private Text program() {
        Text text =
                Text.of(
                        """
                        import dev.corona.weave.differential.Points;
                        import dev.corona.weave.random.Kit;
                        import dev.corona.weave.random.Kit.*;
                        import java.util.*;
                        import java.util.function.*;

                        @SuppressWarnings("all")
                        public class %s implements Program {
                        """
                                .formatted(name));
        for (Type type : List.of(Type.INT, Type.LONG, Type.STRING, Type.DOUBLE, Type.INTS)) {
            fields.add(
                    new Variable(
                            "f" + type.name().toLowerCase(java.util.Locale.ROOT),
                            type,
                            false,
                            false));
            text.add(
                    "    %s %s = %s;\n".formatted(type.java, fields.getLast().name(), start(type)));
        }
        int count = 1 + random.nextInt(MOST_METHODS);
        for (int i = 0; i < count; i++) text.add(method(i)).add("\n");
        text.add(run());
        return text.add(new StringBuilder(overriding()).append("}\n").toString());
    }

    private static String start(Type type) {
        return switch (type) {
            case STRING -> "\"\"";
            case INTS -> "{1, 2, 3, 4}";
            default -> "3";
        };
    }

    private Scope scope(boolean isStatic) {
        Scope scope = new Scope(random);
        scope.isStatic = isStatic;
        scope.callable.addAll(methods);
        if (!isStatic) scope.variables.addAll(fields);
        return scope;
    }

    private Text method(int number) {
        Type result = Type.values()[random.nextInt(Type.values().length)];
        boolean isStatic = random.nextInt(3) == 0;
        List<Type> parameters = new ArrayList<>();
        Scope scope = scope(isStatic);
        StringBuilder head = new StringBuilder();
        head.append(isStatic ? "    private static " : "    ");
        head.append(result.java).append(" m").append(number).append("(Points p, int n");
        for (int i = random.nextInt(4); i > 0; i--) {
            Type type = Type.values()[random.nextInt(Type.values().length)];
            String parameter = scope.fresh("a");
            parameters.add(type);
            scope.variables.add(new Variable(parameter, type, false, true));
            head.append(", ").append(type.java).append(" ").append(parameter);
        }
        head.append(") ");
        Method self = new Method("m" + number, result, List.copyOf(parameters), isStatic);
        Block body = new Block();
        body.statements.add(Text.of("p.point(\"m%d\");".formatted(number)));
        body.statements.add(recursion(self, scope));
        body.statements.addAll(new Statements(scope, result, 0).block(3).statements);
        body.statements.add(Text.of("return " + new Expressions(scope).of(result) + ";"));
        methods.add(self);
        return Text.of(head.toString(), body);
    }

    private Text recursion(Method self, Scope scope) {
        StringBuilder call = new StringBuilder();
        call.append("if (n > 0) p.point(Kit.show(").append(self.name()).append("(p, n - 1");
        for (Type parameter : self.parameters()) {
            call.append(", ").append(new Expressions(scope).of(parameter));
        }
        return Text.of(call.append(")));").toString());
    }

    private Text run() {
        Scope scope = scope(false);
        Block body = new Block();
        body.statements.addAll(new Statements(scope, Type.OBJECT, 0).block(3).statements);
        for (Method method : methods) {
            StringBuilder call = new StringBuilder("fstring += Kit.show(");
            call.append(method.name()).append("(p, 1");
            for (Type parameter : method.parameters()) {
                call.append(", ").append(new Expressions(scope).of(parameter));
            }
            body.statements.add(Text.of(call.append("));").toString()));
        }
        body.statements.add(
                Text.of("return fstring + fint + flong + fdouble + Arrays.toString(fints);"));
        return Text.of("    public Object run(Points p) ", body, "\n");
    }

    /** A subclass that overrides some methods and calls what they were. */
    private String overriding() {
        StringBuilder text = new StringBuilder("    public static final class Sub extends ");
        text.append(name).append(" {\n");
        for (Method method : methods) {
            if (method.isStatic() || random.nextBoolean()) continue;
            StringBuilder parameters = new StringBuilder();
            StringBuilder arguments = new StringBuilder();
            for (int i = 0; i < method.parameters().size(); i++) {
                parameters.append(", ").append(method.parameters().get(i).java).append(" a" + i);
                arguments.append(", a").append(i);
            }
            text.append(
                    "        @Override %s %s(Points p, int n%s) { p.point(\"over\"); return super.%s(p, n%s); }%n"
                            .formatted(
                                    method.result().java,
                                    method.name(),
                                    parameters,
                                    method.name(),
                                    arguments));
        }
        return text.append("    }\n").toString();
    }
}
