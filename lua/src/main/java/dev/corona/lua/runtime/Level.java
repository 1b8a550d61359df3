package dev.corona.lua.runtime;

import dev.corona.lua.runtime.DebugInfo.CallName;
import dev.corona.lua.runtime.DebugInfo.LocalVariable;
import dev.corona.snapshot.SnapshotReader;
import dev.corona.snapshot.SnapshotWriter;
import dev.corona.woven.Code;
import dev.corona.woven.Frame;

import org.jspecify.annotations.Nullable;

import java.lang.StackWalker.StackFrame;
import java.util.Arrays;
import java.util.List;

/**
 * An active function of a coroutine: a level of its stack. One that was found on the thread's stack knows the class of its function only; one
 * that waits in a frame knows the function.
 */
public final class Level {
    /** Where a compiled function stands. */
    private sealed interface Position {}

    private record OnStack(StackFrame frame) implements Position {}

    private record InFrame(Frame frame, Code code, int site) implements Position {}

    /** Of a program that was stored. */
    private record Stored(int line, int instruction, boolean tailCall) implements Position {}

    private record Interpreted(Activation activation, int line, int instruction)
            implements Position {}

    /** The class of the function; null for the host that called the program. */
    private @Nullable Class<?> type;

    private @Nullable LuaFunction function;
    private @Nullable Position position;
    private boolean tail;
    private boolean hook;

    private Level(
            @Nullable Class<?> type, @Nullable LuaFunction function, @Nullable Position position) {
        this.type = type;
        this.function = function;
        this.position = position;
    }

    // ---- in snapshots

    void write(SnapshotWriter out) {
        out.writeReference("a class", type);
        out.writeReference("a function", function);
        out.writeBoolean(tail);
        out.writeBoolean(hook);
        out.writeBoolean(position != null);
        if (position == null) return;
        LuaCode code = type == null ? null : LuaCode.of(type);
        boolean isKnown = code != null;
        out.writeInt(isKnown ? line() : -1);
        out.writeInt(isKnown ? instruction() : CodeMap.NOWHERE);
        out.writeBoolean(isKnown && isAtTailCall());
    }

    static Level restored() {
        return new Level(null, null, null);
    }

    void read(SnapshotReader in) {
        type = (Class<?>) in.readReference();
        function = (LuaFunction) in.readReference();
        tail = in.readBoolean();
        hook = in.readBoolean();
        if (!in.readBoolean()) return;
        int line = in.readInt();
        int instruction = in.readInt();
        position = new Stored(line, instruction, in.readBoolean());
    }

    // ---- levels as they are found

    static Level onStack(StackFrame frame) {
        return new Level(frame.getDeclaringClass(), null, new OnStack(frame));
    }

    static Level inFrame(Frame frame, @Nullable LuaFunction function) {
        return new Level(frame.code.owner(), function, new InFrame(frame, frame.code, frame.pc));
    }

    static Level interpreted(Activation a) {
        return new Level(
                a.function().getClass(),
                a.function(),
                new Interpreted(a, a.line(), a.instruction()));
    }

    /** A function of the library or the host. */
    static Level ofLibrary(Class<?> type, @Nullable LuaFunction function) {
        return new Level(type, function, null);
    }

    /** What called the program. */
    static Level ofHost() {
        return new Level(null, null, null);
    }

    /** Says which function it is, if that was not known. */
    void know(@Nullable LuaFunction f) {
        if (function == null) function = f;
    }

    void markTail() {
        tail = true;
    }

    /** Whether it was called in tail position, so that its caller is gone. */
    public boolean isTail() {
        return tail;
    }

    void markHook() {
        hook = true;
    }

    /** Whether it is a hook that the runtime has called. */
    boolean isHook() {
        return hook;
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
        Prototype prototype = prototype();
        if (prototype == null || prototype.isStripped()) return -1;
        return switch (position) {
            case null -> -1;
            case OnStack p -> p.frame.getLineNumber();
            case InFrame p -> p.code.sites().get(p.site).line();
            case Stored p -> p.line;
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
            case Stored p -> p.instruction;
            case Interpreted p -> p.instruction;
        };
    }

    /** Whether it is at a call in tail position, and so is gone if that is a call of a Lua function. */
    boolean isAtTailCall() {
        if (position instanceof Stored s) return s.tailCall;
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

    /** The place as the library puts it before messages: "chunk:line: "; nothing where the line is unknown. */
    String where() {
        return line() > 0 ? place() : "";
    }

    /** The place as operations put it before messages, whether its line is known or not; nothing for a function of the library. */
    String place() {
        Prototype prototype = prototype();
        return prototype == null ? "" : prototype.chunk() + ":" + line() + ": ";
    }

    /** The place as tracebacks show it. */
    String shown() {
        Prototype prototype = prototype();
        if (prototype == null) return "[C]: ";
        return line() > 0 ? place() : prototype.chunk() + ": ";
    }

    /**
     * A local variable that is visible where it is.
     *
     * @param n its number, from 1; below 0 for a variable argument
     * @return null if there is none
     */
    public @Nullable LevelVariable variable(long n) {
        LuaCode code = code();
        if (code == null || type == null || position == null || n == 0) return null;
        if (n < 0) return variableArgument(code, -n);
        int at = instruction();
        List<LocalVariable> visible = code.info().variablesAt(type.getName(), at);
        if (n > visible.size()) return null;
        LocalVariable v = visible.get((int) n - 1);
        return switch (position) {
            case OnStack p -> new LevelVariable.Unknown(v.name());
            case Stored p -> new LevelVariable.Unknown(v.name());
            case Interpreted p ->
                    new LevelVariable.InRegister(v.name(), p.activation, v.register());
            case InFrame p -> {
                int[] kept = code.info().keptAt(type.getName(), at);
                int index = Arrays.binarySearch(kept, v.register());
                List<Code.Variable> fields = p.code.sites().get(p.site).variables();
                if (index < 0 || fields.size() != kept.length) {
                    yield new LevelVariable.Unknown(v.name());
                }
                yield new LevelVariable.InFrame(v.name(), p.frame, fields.get(index));
            }
        };
    }

    private @Nullable LevelVariable variableArgument(LuaCode code, long n) {
        if (type == null || !code.info().prototype(type.getName()).isVararg()) return null;
        int parameters = 0;
        @Nullable Object[] all;
        switch (position) {
            case InFrame p -> all = FrameFields.variableArguments(p.frame);
            case Interpreted p -> {
                all = p.activation.arguments();
                parameters = code.info().prototype(type.getName()).parameters().size();
            }
            case null, default -> {
                return null;
            }
        }
        long index = parameters + n - 1;
        return index < all.length ? new LevelVariable.Argument(all, (int) index) : null;
    }
}
