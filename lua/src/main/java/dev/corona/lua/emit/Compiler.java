package dev.corona.lua.emit;

import dev.corona.lua.ir.Ir;
import dev.corona.lua.runtime.Cell;
import dev.corona.lua.runtime.LuaClosure;
import dev.corona.lua.runtime.LuaCode;
import dev.corona.lua.runtime.LuaState;

import org.jspecify.annotations.Nullable;

import java.lang.constant.ClassDesc;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compiles chunks: parser, lowering, emission. Stateless; safe for use by any thread. */
public final class Compiler {
    /** Functions with more instructions do not fit into a method, so that nobody need try. */
    private static final int MAX_INSTRUCTIONS = 2500;

    private Compiler() {}

    /** A compiled function, mostly that of a chunk, which any runtime can have closures of. */
    public static final class Chunk {
        private final Class<?> type;
        private final List<Ir.Upvalue> upvalues;

        private Chunk(Class<?> type, List<Ir.Upvalue> upvalues) {
            this.type = type;
            this.upvalues = upvalues;
        }

        /** The classes of all of it. */
        public LuaCode code() {
            return (LuaCode) type.getClassLoader();
        }

        /** A closure in a runtime, whose first upvalue is {@code environment}. */
        public LuaClosure instantiate(LuaState state, @Nullable Object environment) {
            try {
                LuaClosure closure =
                        (LuaClosure) type.getConstructor(LuaState.class).newInstance(state);
                for (int i = 0; i < upvalues.size(); i++) {
                    Object value = i == 0 ? environment : null;
                    closure.upvalue(i, upvalues.get(i).isCell() ? new Cell(value) : value);
                }
                return closure;
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }
    }

    /**
     * Compiles a chunk, or what {@code string.dump} made of a function.
     *
     * @param source the chunk's name, such as {@code @file.lua}, {@code =stdin} or the text itself
     * @param accounted whether its code counts ticks
     * @param keepsLocals whether variables are kept to the end of their scope, for who looks at them from outside
     * @throws dev.corona.lua.syntax.SyntaxError if it is not Lua
     */
    public static Chunk compile(
            byte[] text, String source, boolean accounted, boolean keepsLocals) {
        if (!Dump.isDump(text)) {
            return compile(new ChunkText(text, source, keepsLocals, false), 0, accounted);
        }
        Dump dump = Dump.read(text, source);
        return compile(dump.text(), dump.place(), accounted);
    }

    /**
     * @param place of the function that is wanted, in the order of {@link ChunkInfo}
     */
    private static Chunk compile(ChunkText text, int place, boolean accounted) {
        Ir.Function main = text.lower();
        List<Ir.Function> functions = ChunkInfo.inOrder(main);
        if (place < 0 || place >= functions.size()) {
            throw Dump.error(text.source(), "no such function");
        }
        Ir.Function wanted = functions.get(place);
        ChunkConstants constants = new ChunkConstants(text);
        Map<String, byte[]> classes = new LinkedHashMap<>();
        emit(main, constants, text.chunk(), accounted, classes);
        ChunkInfo info = new ChunkInfo(text, main, constants, accounted);
        LuaCode code = new LuaCode(classes, constants.values(), info);
        String name = constants.nameOf(wanted);
        try {
            return new Chunk(code.loadClass(name), List.copyOf(wanted.upvalues));
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
                constants.nameOf(function), emit(function, self, constants, sourceFile, accounted));
        for (Ir.Function inner : function.inner)
            emit(inner, constants, sourceFile, accounted, classes);
    }

    private static byte[] emit(
            Ir.Function function,
            ClassDesc self,
            ChunkConstants constants,
            String sourceFile,
            boolean accounted) {
        if (function.code.size() <= MAX_INSTRUCTIONS && !setsHook(function)) {
            try {
                return new ClassEmitter(function, self, constants, sourceFile, accounted).write();
            } catch (IllegalArgumentException tooLarge) {
                // the class file has no room for it
            }
        }
        return new ClassEmitter(function, self, constants, sourceFile, accounted)
                .writeInterpreted(new Interpretation(function, accounted, constants::classOf));
    }

    /** Whether a function speaks of {@code sethook}: it is interpreted, so that the hook sees the rest of it. */
    private static boolean setsHook(Ir.Function function) {
        for (Ir.Instruction i : function.code) {
            if (i instanceof Ir.IndexLoad l
                    && l.key() instanceof Ir.Literal key
                    && "sethook".equals(key.value())) return true;
        }
        return false;
    }
}
