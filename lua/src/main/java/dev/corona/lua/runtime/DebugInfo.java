package dev.corona.lua.runtime;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** What the compiler knows of the functions of a chunk and their instructions. For any thread. */
public interface DebugInfo {
    /**
     * What an instruction calls the function that it calls.
     *
     * @param kind such as global, local, method, metamethod
     */
    record CallName(String kind, String name) {
        public boolean isMethod() {
            return kind.equals("method");
        }
    }

    /**
     * The name for what an instruction calls; null if it has none.
     *
     * @param type the function's class
     */
    @Nullable CallName callAt(String type, int instruction);

    Prototype prototype(String type);

    /**
     * A local variable.
     *
     * @param register where it is; -1 if it is not kept as a value of Lua
     */
    record LocalVariable(String name, int register) {}

    /** The variables that are visible at an instruction, in the order of their declarations. */
    List<LocalVariable> variablesAt(String type, int instruction);

    /** The registers that a frame keeps at an instruction, in the order of the variables of its site. */
    int[] keptAt(String type, int instruction);

    /** The whole chunk as bytes that can be loaded again. */
    byte[] dump();

    /** A function as bytes that can be loaded again. */
    byte[] dump(String type, boolean strip);

    /** What runs the instructions of a function one by one. */
    InterpretedClosure.Interpreter interpreter(String type);
}
