package dev.corona.lua.random;

import java.util.ArrayList;
import java.util.List;

/** The variables that can be seen where the writer is, and the functions around it. */
final class Scope {
    /** A function that programs can call. */
    record Signature(
            List<Type> parameters, boolean vararg, Type result, boolean pure, boolean yields) {}

    /**
     * A local variable.
     *
     * @param level how many functions are around it
     * @param signature of a function; null of another value
     */
    record Variable(String name, Type type, boolean constant, int level, Signature signature) {}

    /** A function whose body is being written. */
    static final class Function {
        final boolean vararg;
        final boolean coroutine;
        boolean pure = true;
        boolean yields;

        /** @param coroutine whether its body may yield */
        Function(boolean vararg, boolean coroutine) {
            this.vararg = vararg;
            this.coroutine = coroutine;
        }
    }

    private final List<Variable> variables = new ArrayList<>();
    private final List<Function> functions = new ArrayList<>(List.of(new Function(true, false)));
    private int names;

    String name(String prefix) {
        return prefix + ++names;
    }

    int mark() {
        return variables.size();
    }

    /** Forgets what was declared since the mark. */
    void leave(int mark) {
        variables.subList(mark, variables.size()).clear();
    }

    void declare(String name, Type type, boolean constant) {
        variables.add(new Variable(name, type, constant, functions.size(), null));
    }

    void declare(String name, Signature signature) {
        variables.add(new Variable(name, Type.ANY, true, functions.size(), signature));
    }

    Function function() {
        return functions.getLast();
    }

    int depth() {
        return functions.size();
    }

    void enter(Function function) {
        functions.add(function);
    }

    void leaveFunction() {
        functions.removeLast();
    }

    List<Variable> of(Type type) {
        return variables.stream().filter(v -> v.type == type && v.signature == null).toList();
    }

    /** What may be assigned to; variables of other functions too, which makes the function around impure. */
    List<Variable> assignable(Type type) {
        return of(type).stream().filter(v -> !v.constant).toList();
    }

    /**
     * Functions with a result of a type.
     *
     * @param pure only those that assign to no variable outside of them: order of evaluation does not show
     */
    List<Variable> functions(Type result, boolean pure) {
        return variables.stream()
                .filter(v -> v.signature != null && v.signature.result == result)
                .filter(v -> !pure || v.signature.pure)
                .filter(v -> !v.signature.yields || function().coroutine)
                .toList();
    }

    void assigned(Variable variable) {
        for (int i = variable.level; i < functions.size(); i++) functions.get(i).pure = false;
    }

    /** The function around calls one that assigns to variables outside of it. */
    void calledImpure() {
        for (Function f : functions) f.pure = false;
    }

    void yielded() {
        function().yields = true;
    }
}
