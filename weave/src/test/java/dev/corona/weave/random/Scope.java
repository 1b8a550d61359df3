package dev.corona.weave.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What code at one place of a program can name, and which of it it may assign. */
final class Scope {
    /** The types of expressions. */
    enum Type {
        INT("int", "Integer"),
        LONG("long", "Long"),
        FLOAT("float", "Float"),
        DOUBLE("double", "Double"),
        BOOLEAN("boolean", "Boolean"),
        CHAR("char", "Character"),
        BYTE("byte", "Byte"),
        SHORT("short", "Short"),
        STRING("String", "String"),
        OBJECT("Object", "Object"),
        INTS("int[]", "int[]"),
        BOX("Box<Integer>", "Box<Integer>"),
        SHAPE("Shape", "Shape");

        final String java;
        final String boxed;

        Type(String java, String boxed) {
            this.java = java;
            this.boxed = boxed;
        }
    }

    /** A variable or field; {@code fixed} if it is final. */
    record Variable(String name, Type type, boolean fixed, boolean local) {}

    /** A method of the program: its parameters after {@code Points p, int n}. */
    record Method(String name, Type result, List<Type> parameters, boolean isStatic) {}

    final Random random;
    final List<Variable> variables = new ArrayList<>();
    final List<Method> callable = new ArrayList<>();
    boolean isStatic;

    /** Whether nothing here may suspend, as in a {@code synchronized} block. */
    boolean quiet;

    /** Whether it is the guard of a pattern, in which no lambda may stand. */
    boolean guard;

    /** How many loops are around it, and the labels of those that have one. */
    int loops;

    final List<String> labels = new ArrayList<>();
    private final int[] names;

    Scope(Random random) {
        this(random, new int[1]);
    }

    private Scope(Random random, int[] names) {
        this.random = random;
        this.names = names;
    }

    Scope inner() {
        Scope inner = new Scope(random, names);
        inner.variables.addAll(variables);
        inner.callable.addAll(callable);
        inner.labels.addAll(labels);
        inner.isStatic = isStatic;
        inner.quiet = quiet;
        inner.guard = guard;
        inner.loops = loops;
        return inner;
    }

    /** The scope of a lambda's body: what is not final is out of reach, and so are the loops around it. */
    Scope ofLambda() {
        Scope inner = inner();
        inner.variables.removeIf(v -> v.local() && !v.fixed());
        inner.labels.clear();
        inner.loops = 0;
        return inner;
    }

    /** The scope of a pattern's guard, which may assign nothing either. */
    Scope ofGuard() {
        Scope inner = ofLambda();
        inner.guard = true;
        return inner;
    }

    String fresh(String prefix) {
        return prefix + names[0]++;
    }

    List<Variable> readable(Type type) {
        return variables.stream().filter(v -> v.type() == type).toList();
    }

    List<Variable> writable(Type type) {
        return guard
                ? List.of()
                : variables.stream().filter(v -> v.type() == type && !v.fixed()).toList();
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
