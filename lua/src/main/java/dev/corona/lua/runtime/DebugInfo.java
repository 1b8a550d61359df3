package dev.corona.lua.runtime;

import org.jspecify.annotations.Nullable;

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
}
