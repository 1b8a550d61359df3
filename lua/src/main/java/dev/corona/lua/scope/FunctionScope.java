package dev.corona.lua.scope;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** The variables that are visible at a point of a function that is being parsed, and those that it captures. */
public final class FunctionScope {
    private final @Nullable FunctionScope parent;
    private final int line;
    private final List<Variable> active = new ArrayList<>();
    private final List<Variable> upvalues = new ArrayList<>();

    /**
     * @param line where the function begins; 0 for a chunk
     */
    public FunctionScope(@Nullable FunctionScope parent, int line) {
        this.parent = parent;
        this.line = line;
    }

    public @Nullable FunctionScope parent() {
        return parent;
    }

    public int line() {
        return line;
    }

    /** How many variables are visible that this function declared. */
    public int activeCount() {
        return active.size();
    }

    public Variable active(int index) {
        return active.get(index);
    }

    /** A new variable, not visible yet. */
    public Variable declare(String name, Variable.Kind kind) {
        return new Variable(name, kind, this);
    }

    public void activate(Variable variable) {
        active.add(variable);
    }

    /** Makes all but the first {@code count} variables invisible. */
    public void leaveTo(int count) {
        while (active.size() > count) active.removeLast();
    }

    /** The captured variables, in the order of their first use. */
    public List<Variable> upvalues() {
        return upvalues;
    }

    /** An upvalue of the chunk itself, which no enclosing function declares. */
    public Variable declareUpvalue(String name) {
        Variable variable = new Variable(name, Variable.Kind.REGULAR, this);
        variable.capture();
        upvalues.add(variable);
        return variable;
    }

    /** The variable that a name means here; null if it is a global. Captures it in every function in between. */
    public @Nullable Variable resolve(String name) {
        for (int i = active.size() - 1; i >= 0; i--) {
            if (active.get(i).name().equals(name)) return active.get(i);
        }
        for (Variable upvalue : upvalues) {
            if (upvalue.owner() == this && upvalue.name().equals(name)) return upvalue;
        }
        if (parent == null) return null;
        Variable found = parent.resolve(name);
        if (found != null && found.constant() == null) capture(found);
        return found;
    }

    private void capture(Variable variable) {
        variable.capture();
        if (!upvalues.contains(variable)) upvalues.add(variable);
    }

    /** The index of a captured variable among the upvalues; -1 if this function declares it. */
    public int upvalueIndex(Variable variable) {
        return upvalues.indexOf(variable);
    }
}
