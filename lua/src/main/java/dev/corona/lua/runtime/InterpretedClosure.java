package dev.corona.lua.runtime;

import dev.corona.Resumable;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** A function that is too large for a method of the JVM, and so is interpreted. */
@Resumable
public abstract class InterpretedClosure extends LuaClosure {
    /** Runs the code of a function. */
    @Resumable
    public interface Interpreter {
        @Nullable Object run(LuaClosure self, @Nullable Object[] arguments);

        /** The name of the function's class. */
        String type();

        /** The parts of its code that frames may hold, in an order that is the same for the same text. */
        List<Object> parts();
    }

    private final Interpreter interpreter;

    protected InterpretedClosure(LuaState state, Object interpreter) {
        super(state);
        this.interpreter = (Interpreter) interpreter;
    }

    @Override
    public final @Nullable Object call() {
        return interpreter.run(this, Values.NO_VALUES);
    }

    @Override
    public final @Nullable Object call(@Nullable Object a) {
        return interpreter.run(this, new @Nullable Object[] {a});
    }

    @Override
    public final @Nullable Object call(@Nullable Object a, @Nullable Object b) {
        return interpreter.run(this, new @Nullable Object[] {a, b});
    }

    @Override
    public final @Nullable Object call(@Nullable Object a, @Nullable Object b, @Nullable Object c) {
        return interpreter.run(this, new @Nullable Object[] {a, b, c});
    }

    @Override
    public final @Nullable Object call(@Nullable Object[] arguments) {
        return interpreter.run(this, arguments);
    }
}
