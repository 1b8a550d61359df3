package dev.corona.lua.runtime;

import dev.corona.lua.runtime.DebugInfo.CallName;
import dev.corona.woven.Code;
import dev.corona.woven.Frame;

import org.jspecify.annotations.Nullable;

import java.lang.StackWalker.StackFrame;

/**
 * An active function of a coroutine: a level of its stack. One that was found on the thread's stack knows the class of its function only; one
 * that waits in a frame knows the function.
 */
public final class Level {
    /** Where a compiled function stands. */
    private sealed interface Position {}

    private record OnStack(StackFrame frame) implements Position {}

    private record InFrame(Code code, int site) implements Position {}

    private record Interpreted(int line, int instruction) implements Position {}

    /** The class of the function; null for the host that called the program. */
    private final @Nullable Class<?> type;

    private final @Nullable LuaFunction function;
    private final @Nullable Position position;
    private boolean tail;

    private Level(
            @Nullable Class<?> type, @Nullable LuaFunction function, @Nullable Position position) {
        this.type = type;
        this.function = function;
        this.position = position;
    }

    static Level onStack(StackFrame frame) {
        return new Level(frame.getDeclaringClass(), null, new OnStack(frame));
    }

    static Level inFrame(Frame frame, @Nullable LuaFunction function) {
        return new Level(frame.code.owner(), function, new InFrame(frame.code, frame.pc));
    }

    static Level interpreted(LuaFunction function, int line, int instruction) {
        return new Level(function.getClass(), function, new Interpreted(line, instruction));
    }

    /** A function of the library or the host. */
    static Level ofLibrary(Class<?> type, @Nullable LuaFunction function) {
        return new Level(type, function, null);
    }

    /** What called the program. */
    static Level ofHost() {
        return new Level(null, null, null);
    }

    void markTail() {
        tail = true;
    }

    /** Whether it was called in tail position, so that its caller is gone. */
    public boolean isTail() {
        return tail;
    }

    /** Whether it is a function that was compiled from Lua. */
    public boolean isLua() {
        return position != null;
    }

    /** The function; null if only its class is known. */
    public @Nullable LuaFunction function() {
        return function;
    }

    /** Whether this may be a level of {@code candidate}. */
    boolean mayBe(LuaFunction candidate) {
        return function == null ? candidate.getClass() == type : candidate == function;
    }

    /** What is known of a function that was compiled from Lua; null of any other. */
    public @Nullable Prototype prototype() {
        LuaCode code = code();
        return code == null || type == null ? null : code.info().prototype(type.getName());
    }

    private @Nullable LuaCode code() {
        return position == null || type == null ? null : LuaCode.of(type);
    }

    /** The line that it is at; -1 if it has none. */
    public int line() {
        return switch (position) {
            case null -> -1;
            case OnStack p -> p.frame.getLineNumber();
            case InFrame p -> p.code.sites().get(p.site).line();
            case Interpreted p -> p.line;
        };
    }

    /** The index of the instruction that it is at; {@link CodeMap#NOWHERE} if that is unknown. */
    int instruction() {
        LuaCode code = code();
        if (code == null || type == null) return CodeMap.NOWHERE;
        return switch (position) {
            case null -> CodeMap.NOWHERE;
            case OnStack p ->
                    code.map(type)
                            .instructionAt(p.frame.getDescriptor(), p.frame.getByteCodeIndex());
            case InFrame p -> code.map(type).instructionOfSite(p.code.descriptor(), p.site);
            case Interpreted p -> p.instruction;
        };
    }

    /** Whether it is at a call in tail position, and so is gone if that is a call of a Lua function. */
    boolean isAtTailCall() {
        LuaCode code = code();
        if (code == null || type == null || !(position instanceof OnStack p)) return false;
        return code.map(type).isTailCall(p.frame.getDescriptor(), p.frame.getByteCodeIndex());
    }

    /** What the instruction that it is at calls the function that it calls; null if it has no name for it. */
    @Nullable CallName callee() {
        LuaCode code = code();
        if (code == null || type == null) return null;
        return code.info().callAt(type.getName(), instruction());
    }

    /** The place as it stands before messages: "chunk:line: "; nothing for a function of the library. */
    String where() {
        Prototype prototype = prototype();
        return prototype == null ? "" : prototype.chunk() + ":" + line() + ": ";
    }
}
