package dev.corona.lua.emit;

import dev.corona.lua.ir.Ir;
import dev.corona.lua.ir.Lowering;
import dev.corona.lua.runtime.LuaClosure;
import dev.corona.lua.runtime.LuaCode;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.syntax.Parser;
import dev.corona.lua.syntax.Tree.FunctionTree;

import org.jspecify.annotations.Nullable;

import java.lang.constant.ClassDesc;
import java.util.HashMap;
import java.util.Map;

/** Compiles chunks: parser, lowering, emission. Stateless; safe for use by any thread. */
public final class Compiler {
    /** Functions with more instructions do not fit into a method, so that nobody need try. */
    private static final int MAX_INSTRUCTIONS = 2500;

    private Compiler() {}

    /** A compiled chunk, which any runtime can have closures of. */
    public static final class Chunk {
        private final Class<?> main;

        private Chunk(Class<?> main) {
            this.main = main;
        }

        /** A closure of the chunk in a runtime. */
        public LuaClosure instantiate(LuaState state, @Nullable Object environment) {
            try {
                LuaClosure closure =
                        (LuaClosure) main.getConstructor(LuaState.class).newInstance(state);
                boolean cell = closure.prototype().upvalues().isEmpty();
                if (!cell) closure.upvalue(0, environment);
                return closure;
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }
    }

    /**
     * Compiles a chunk.
     *
     * @param source the chunk's name, such as {@code @file.lua}, {@code =stdin} or the text itself
     * @param accounted whether its code counts ticks
     * @throws dev.corona.lua.syntax.SyntaxError if it is not Lua
     */
    public static Chunk compile(byte[] text, String source, boolean accounted) {
        String chunk = ChunkNames.shown(source);
        FunctionTree tree = Parser.parse(text, chunk);
        Ir.Function main = Lowering.lower(tree);
        ChunkConstants constants = new ChunkConstants(source, chunk);
        Map<String, byte[]> classes = new HashMap<>();
        ClassDesc name = constants.classOf(main);
        emit(main, constants, chunk, accounted, classes);
        LuaCode code = new LuaCode(classes, constants.values());
        try {
            return new Chunk(code.loadClass("lua." + name.displayName()));
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /** Adds the classes of a function and of those inside it. */
    static void emit(
            Ir.Function function,
            ChunkConstants constants,
            String sourceFile,
            boolean accounted,
            Map<String, byte[]> classes) {
        ClassDesc self = constants.classOf(function);
        classes.put(
                "lua." + self.displayName(),
                emit(function, self, constants, sourceFile, accounted));
        for (Ir.Function inner : function.inner)
            emit(inner, constants, sourceFile, accounted, classes);
    }

    private static byte[] emit(
            Ir.Function function,
            ClassDesc self,
            ChunkConstants constants,
            String sourceFile,
            boolean accounted) {
        if (function.code.size() <= MAX_INSTRUCTIONS) {
            try {
                return new ClassEmitter(function, self, constants, sourceFile, accounted).write();
            } catch (IllegalArgumentException tooLarge) {
                // the class file has no room for it
            }
        }
        return new ClassEmitter(function, self, constants, sourceFile, accounted)
                .writeInterpreted(
                        new Interpretation(function, sourceFile, accounted, constants::classOf));
    }
}
