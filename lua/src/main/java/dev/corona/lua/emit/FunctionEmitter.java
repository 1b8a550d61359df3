package dev.corona.lua.emit;

import static java.lang.constant.ConstantDescs.CD_Boolean;
import static java.lang.constant.ConstantDescs.CD_Double;
import static java.lang.constant.ConstantDescs.CD_Long;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_Throwable;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.MTD_void;

import dev.corona.lua.analysis.Kind;
import dev.corona.lua.analysis.Kinds;
import dev.corona.lua.analysis.Liveness;
import dev.corona.lua.analysis.Reachability;
import dev.corona.lua.ir.Ir;
import dev.corona.lua.ir.Ir.Instruction;
import dev.corona.lua.ir.Ir.Literal;
import dev.corona.lua.ir.Ir.Operand;
import dev.corona.lua.ir.Ir.Region;
import dev.corona.lua.ir.Ir.Register;
import dev.corona.lua.syntax.Tree.BinaryOperator;

import org.jspecify.annotations.Nullable;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes a body of one function: a static method that takes the closure, the parameters, the variable arguments if there
 * are any, a strand and, if it can be entered where it was left, a frame. The common case of each operation stands in line, all else behind the last instruction.
 */
final class FunctionEmitter implements Sites.Frames {
    /** What a class knows of the constants of its function. */
    interface Constants {
        /** Leaves a constant string, float or large integer on the stack as an object. */
        void push(CodeBuilder b, Object value);

        ClassDesc classOf(Ir.Function inner);
    }

    /** Code that is written behind the last instruction, and the regions and line that it belongs to. */
    private record Later(List<Region> regions, int line, int index, Runnable write) {}

    /** A stretch of code whose errors close a region's variable. */
    private record Range(Region region, Label start, Label end) {}

    final CodeBuilder b;
    final Ir.Function function;
    final Kinds kinds;
    private final ClassDesc self;
    private final Constants constants;
    private final boolean accounted;
    private final Set<Register> integers;
    private final boolean isEntered;

    /** Whether it returns a long. */
    private final boolean isExact;

    private final String sourceFile;
    private final Liveness liveness;
    private final Sites sites;
    private final Arithmetics arithmetics;
    private final CallEmitter calls;
    private final TableEmitter tables;
    private final BitSet reached;
    private final int[] slots;
    private final int varArgsSlot;
    private final int strandSlot;
    private final int frameSlot;
    private final int typedFrameSlot;
    private final int longsSlot;
    private final int referencesSlot;
    private final int objectSlot;
    private final int throwableSlot;

    /** How many calls were active before this one, in a body that frames cannot enter: there it stays the same. */
    private final int depthSlot;

    /** The state, in a body that frames cannot enter. */
    private final int stateSlot;

    private final boolean counted;
    private final boolean usesFloats;
    private final MethodTypeDesc bodyType;

    private final Map<Ir.Label, Label> labels = new LinkedHashMap<>();
    private final Deque<Later> later = new ArrayDeque<>();
    private final Map<Region, Label> starts = new LinkedHashMap<>();
    private final List<Region> open = new ArrayList<>();
    private final List<Region> regions;
    private final List<Range> ranges = new ArrayList<>();
    private int line;
    private int index;

    /**
     * @param integers the parameters that are longs
     * @param entered the body whose frames this one leaves when it suspends; null for one that frames can enter
     */
    FunctionEmitter(
            CodeBuilder b,
            Ir.Function function,
            ClassDesc self,
            Constants constants,
            String sourceFile,
            boolean accounted,
            Set<Register> integers,
            Bodies bodies,
            @Nullable FunctionEmitter entered) {
        this.b = b;
        this.function = function;
        this.self = self;
        this.constants = constants;
        this.sourceFile = sourceFile;
        this.accounted = accounted;
        this.integers = integers;
        isEntered = entered == null;
        isExact = !isEntered && bodies.isExact(integers);
        List<Kinds> sharing = bodies.kinds(function, integers);
        kinds = isExact ? sharing.getLast() : sharing.getFirst();
        liveness = Liveness.of(function);
        reached = Reachability.of(function);
        sites = new Sites(b, this, entered == null ? null : entered.sites);
        arithmetics = new Arithmetics(this);
        calls = new CallEmitter(this, bodies);
        tables = new TableEmitter(this, calls);
        int nextSlot = 1 + function.parameters.size() + integers.size();
        varArgsSlot = function.isVararg ? nextSlot++ : -1;
        strandSlot = nextSlot++;
        frameSlot = nextSlot++;
        typedFrameSlot = nextSlot++;
        longsSlot = nextSlot++;
        referencesSlot = nextSlot++;
        objectSlot = nextSlot++;
        throwableSlot = nextSlot++;
        depthSlot = nextSlot++;
        stateSlot = nextSlot++;
        regions = LiveSets.regions(function);
        slots = Slots.assign(function, sharing, liveness, nextSlot);
        counted = function.code.stream().anyMatch(FunctionEmitter::calls);
        usesFloats = function.code.stream().anyMatch(FunctionEmitter::isOnFloats);
        bodyType =
                isEntered
                        ? bodies.entered(self, function, integers)
                        : bodies.called(self, function, integers);
        line = Math.max(1, function.line);
    }

    /** Whether an instruction calls what may call this function again. */
    private static boolean calls(Instruction i) {
        return i instanceof Ir.Call || i instanceof Ir.TailCall || i instanceof Ir.Iterate;
    }

    /** Whether the function looks like one that computes with floats: it divides, or has a float as a constant. */
    boolean usesFloats() {
        return usesFloats;
    }

    private static boolean isOnFloats(Instruction instruction) {
        return instruction instanceof Ir.Binary i
                && (i.operator() == BinaryOperator.DIV
                        || i.operator() == BinaryOperator.POW
                        || isFloat(i.left())
                        || isFloat(i.right()));
    }

    private static boolean isFloat(Operand operand) {
        return operand instanceof Literal l && l.value() instanceof Double;
    }

    // ---- where things are

    @Override
    public ClassDesc self() {
        return self;
    }

    @Override
    public int strandSlot() {
        return strandSlot;
    }

    @Override
    public int frameSlot() {
        return frameSlot;
    }

    @Override
    public int typedFrameSlot() {
        return typedFrameSlot;
    }

    @Override
    public int longsSlot() {
        return longsSlot;
    }

    @Override
    public int referencesSlot() {
        return referencesSlot;
    }

    @Override
    public int varArgsSlot() {
        return varArgsSlot;
    }

    @Override
    public int slot(int register) {
        return slots[register];
    }

    @Override
    public Kind kind(int register) {
        return kinds.of(function.registers.get(register));
    }

    @Override
    public String name(int register) {
        String description = function.registers.get(register).description();
        if (description == null || !description.startsWith("local '")) return "r" + register;
        String name = description.substring(7, description.length() - 1);
        return name.contains(" ") ? "r" + register : name;
    }

    @Override
    public boolean isEntered() {
        return isEntered;
    }

    @Override
    public String sourceFile() {
        return sourceFile;
    }

    @Override
    public String methodName() {
        return "body";
    }

    @Override
    public String helper(String name) {
        return integers.isEmpty() ? name : name + "OfIntegers";
    }

    @Override
    public MethodTypeDesc bodyType() {
        return bodyType;
    }

    Sites sites() {
        return sites;
    }

    /** Whether it returns a long. */
    @Override
    public boolean isExact() {
        return isExact;
    }

    /** A slot for an object that is used at once. */
    int objectSlot() {
        return objectSlot;
    }

    Label label(Ir.Label label) {
        return labels.computeIfAbsent(label, l -> b.newLabel());
    }

    // ---- the whole

    void write() {
        b.lineNumber(Math.max(1, function.line));
        if (isEntered) sites.begin();
        else b.aload(0).getfield(self, "state", Names.STATE).astore(stateSlot);
        for (Region r : regions) b.aconst_null().astore(slot(r.variable().number()));
        if (counted) writeEntry();
        for (index = 0; index < function.code.size(); index++) {
            if (reached.get(index) || isMark(function.code.get(index))) writeMarked();
        }
        while (!later.isEmpty()) writeLater(later.poll());
        writeHandlers();
        while (!later.isEmpty()) writeLater(later.poll());
        sites.finish(this::cover);
        writeExceptionTable();
    }

    /** Whether it matters to the code behind it, even where nothing comes to it. */
    private static boolean isMark(Instruction instruction) {
        return switch (instruction) {
            case Ir.Line i -> true;
            case Ir.Mark i -> true;
            case Ir.Pause i -> true;
            case Ir.Continue i -> true;
            default -> false;
        };
    }

    /** Writes the current instruction, and where in the byte code it stands. */
    private void writeMarked() {
        Instruction instruction = function.code.get(index);
        Label start = b.newLabel();
        b.labelBinding(start);
        write(instruction);
        if (CodeMarks.matters(instruction)) markInstruction(start, instruction);
    }

    private void markInstruction(Label start, Instruction instruction) {
        Label end = b.newLabel();
        b.labelBinding(end);
        CodeMarks.instruction(b, start, end, index, instruction);
    }

    private void writeEntry() {
        Label deep = b.newLabel();
        Label go = b.newLabel();
        if (!isEntered) {
            pushState();
            b.getfield(Names.STATE, "depth", CD_int).istore(depthSlot);
        }
        pushState();
        if (!accounted) {
            b.invokevirtual(Names.STATE, "enter", MethodTypeDesc.of(CD_boolean));
        } else if (function.isVararg) {
            b.aload(varArgsSlot);
            b.invokevirtual(
                    Names.STATE, "enterSpending", MethodTypeDesc.of(CD_boolean, Names.OBJECTS));
        } else {
            b.invokevirtual(Names.STATE, "enterSpending", MethodTypeDesc.of(CD_boolean));
        }
        b.ifne(deep);
        b.labelBinding(go);
        index = -1;
        later(
                () -> {
                    b.labelBinding(deep);
                    pushState();
                    callResumable(Names.BUDGET, "atEntry", Names.resumable(CD_Object, Names.STATE));
                    BitSet live = LiveSets.at(function, liveness, index, regions);
                    sites.add(Sites.Result.OBJECT, live, line, index, open);
                    b.pop().goto_(go);
                });
        index = 0;
    }

    /** Writes code behind the last instruction, which belongs to the current line and regions. */
    void later(Runnable write) {
        later.add(new Later(List.copyOf(open), line, index, write));
    }

    private void writeLater(Later l) {
        open.clear();
        open.addAll(l.regions);
        line = l.line;
        index = l.index;
        Label start = b.newLabel();
        b.labelBinding(start);
        b.lineNumber(line);
        l.write.run();
        Label end = b.newLabel();
        b.labelBinding(end);
        if (index >= 0 && index < function.code.size()) {
            CodeMarks.instruction(b, start, end, index, function.code.get(index));
        }
        cover(l.regions, start, end);
    }

    private void cover(List<Region> inside, Label start, Label end) {
        for (Region r : inside) ranges.add(new Range(r, start, end));
    }

    /** Follows a call in resumable form that belongs to the current instruction. */
    void site(Sites.Result result) {
        BitSet live = LiveSets.at(function, liveness, index, regions);
        sites.add(result, live, line, index, open);
    }

    void callResumable(ClassDesc owner, String name, MethodTypeDesc type) {
        b.aload(strandSlot).aconst_null().invokestatic(owner, name, type);
    }

    // ---- regions

    private void pause(Region region) {
        open.remove(region);
        Label end = b.newLabel();
        b.labelBinding(end);
        Label start = starts.remove(region);
        if (start != null) ranges.add(new Range(region, start, end));
    }

    private void goOn(Region region) {
        open.add(region);
        Label start = b.newLabel();
        // a range of the exception table must not be empty
        b.labelBinding(start).nop();
        starts.put(region, start);
    }

    private final Map<Region, Label> handlers = new LinkedHashMap<>();
    private final Map<Region, List<Region>> around = new LinkedHashMap<>();

    private void writeHandlers() {
        index = function.code.size();
        for (Region r : regions) {
            Label handler = b.newLabel();
            handlers.put(r, handler);
            List<Region> outer = around.getOrDefault(r, List.of());
            open.clear();
            open.addAll(outer);
            Label start = b.newLabel();
            Label end = b.newLabel();
            b.labelBinding(handler).astore(throwableSlot).labelBinding(start);
            b.aload(strandSlot).invokevirtual(Names.STRAND, "settle", MTD_void);
            pushState();
            b.aload(slot(r.variable().number())).aload(throwableSlot);
            callResumable(
                    Names.REGIONS,
                    "failed",
                    Names.resumable(CD_Object, Names.STATE, CD_Object, CD_Throwable));
            BitSet live = LiveSets.at(function, liveness, index, regions);
            sites.add(Sites.Result.OBJECT, live, line, index, open);
            b.checkcast(CD_Throwable).athrow();
            b.labelBinding(end);
            cover(outer, start, end);
        }
    }

    private void writeExceptionTable() {
        ranges.sort((x, y) -> y.region.number() - x.region.number());
        for (Range r : ranges) {
            Label handler = handlers.get(r.region);
            if (handler != null) b.exceptionCatchAll(r.start, r.end, handler);
        }
    }

    // ---- operands

    void pushState() {
        if (isEntered) b.aload(0).getfield(self, "state", Names.STATE);
        else b.aload(stateSlot);
    }

    void pushText(@Nullable String text) {
        if (text == null) b.aconst_null();
        else b.ldc(text);
    }

    /** Leaves the operand's value on the stack as an object. */
    void push(Operand operand) {
        switch (operand) {
            case Literal l -> pushLiteral(l.value());
            case Register r -> {
                int slot = slot(r.number());
                switch (kinds.of(r)) {
                    case INTEGER -> b.lload(slot);
                    case FLOAT -> b.dload(slot);
                    default -> b.aload(slot);
                }
                box(kinds.of(r));
            }
        }
    }

    void box(Kind kind) {
        box(b, kind);
    }

    /** Turns a number on the stack into an object; of other kinds it is one. */
    static void box(CodeBuilder b, Kind kind) {
        if (kind == Kind.INTEGER) {
            b.invokestatic(CD_Long, "valueOf", MethodTypeDesc.of(CD_Long, CD_long));
        } else if (kind == Kind.FLOAT) {
            b.invokestatic(CD_Double, "valueOf", MethodTypeDesc.of(CD_Double, CD_double));
        }
    }

    private void pushLiteral(@Nullable Object value) {
        switch (value) {
            case null -> b.aconst_null();
            case Boolean v -> b.getstatic(CD_Boolean, v ? "TRUE" : "FALSE", CD_Boolean);
            case Long v when v >= -128 && v <= 127 -> {
                b.loadConstant((long) v);
                box(Kind.INTEGER);
            }
            default -> constants.push(b, value);
        }
    }

    void pushLong(Operand operand) {
        switch (operand) {
            case Literal l when l.value() instanceof Long v -> b.loadConstant((long) v);
            case Register r when kinds.of(r) == Kind.INTEGER -> b.lload(slot(r.number()));
            default -> {
                push(operand);
                b.checkcast(CD_Long)
                        .invokevirtual(CD_Long, "longValue", MethodTypeDesc.of(CD_long));
            }
        }
    }

    void pushDouble(Operand operand) {
        switch (operand) {
            case Literal l when l.value() instanceof Number v -> b.loadConstant(v.doubleValue());
            case Register r when kinds.of(r) == Kind.INTEGER -> b.lload(slot(r.number())).l2d();
            case Register r when kinds.of(r) == Kind.FLOAT -> b.dload(slot(r.number()));
            default -> {
                push(operand);
                b.checkcast(CD_Double)
                        .invokevirtual(CD_Double, "doubleValue", MethodTypeDesc.of(CD_double));
            }
        }
    }

    /** Takes an object off the stack into a register. */
    void store(Register to) {
        b.astore(slot(to.number()));
    }

    /** Takes a number of some kind off the stack into a register, which may hold objects. */
    void store(Register to, Kind kind) {
        Kind kept = kinds.of(to);
        int slot = slot(to.number());
        if (kept == Kind.INTEGER) {
            b.lstore(slot);
        } else if (kept == Kind.FLOAT) {
            if (kind == Kind.INTEGER) b.l2d();
            b.dstore(slot);
        } else {
            box(kind);
            b.astore(slot);
        }
    }

    // ---- instructions

    private void write(Instruction instruction) {
        switch (instruction) {
            case Ir.Line i -> {
                line = Math.max(1, i.number());
                b.lineNumber(line);
            }
            case Ir.Mark i -> b.labelBinding(label(i.label()));
            case Ir.Move i -> move(i.to(), i.from());
            case Ir.NewCell i -> {
                b.new_(Names.CELL).dup();
                push(i.from());
                b.invokespecial(Names.CELL, "<init>", MethodTypeDesc.of(CD_void, CD_Object));
                store(i.to());
            }
            case Ir.CellLoad i -> {
                b.aload(slot(i.cell().number()));
                loadCell();
                store(i.to());
            }
            case Ir.CellStore i -> {
                b.aload(slot(i.cell().number())).checkcast(Names.CELL);
                push(i.from());
                b.putfield(Names.CELL, "value", CD_Object);
            }
            case Ir.UpvalueLoad i -> {
                b.aload(0).getfield(self, "u" + i.index(), CD_Object);
                if (i.isCell()) loadCell();
                store(i.to());
            }
            case Ir.UpvalueStore i -> {
                b.aload(0).getfield(self, "u" + i.index(), CD_Object).checkcast(Names.CELL);
                push(i.from());
                b.putfield(Names.CELL, "value", CD_Object);
            }
            case Ir.Binary i -> arithmetics.binary(i);
            case Ir.Compare i -> arithmetics.compare(i);
            case Ir.JumpIfCompare i ->
                    arithmetics.jumpIf(
                            i.operator(), i.left(), i.right(), i.when(), label(i.label()));
            case Ir.Unary i -> arithmetics.unary(i);
            case Ir.Concat i -> tables.concat(i);
            case Ir.IndexLoad i -> tables.indexLoad(i);
            case Ir.IndexStore i -> tables.indexStore(i);
            case Ir.NewTable i -> tables.create(i);
            case Ir.Append i -> tables.append(i);
            case Ir.Call i -> calls.call(i);
            case Ir.TailCall i -> calls.tailCall(i);
            case Ir.Return i -> calls.return_(i);
            case Ir.VarArgs i -> {
                b.aload(varArgsSlot).invokestatic(Names.VALUES, "of", Names.OF);
                store(i.to());
            }
            case Ir.Select i -> {
                push(i.from());
                if (i.index() == 0) b.invokestatic(Names.VALUES, "first", Names.FIRST);
                else b.loadConstant(i.index()).invokestatic(Names.VALUES, "at", Names.AT);
                store(i.to());
            }
            case Ir.NewClosure i -> newClosure(i);
            case Ir.Iterate i -> calls.iterate(i);
            case Ir.Jump i -> b.goto_(label(i.label()));
            case Ir.JumpIf i -> jumpIf(i);
            case Ir.JumpIfNil i -> {
                push(i.condition());
                b.ifnull(label(i.label()));
            }
            case Ir.LoopBegin i -> new LoopEmitter(this).begin(i);
            case Ir.LoopNext i -> new LoopEmitter(this).next(i);
            case Ir.Poll i -> poll();
            case Ir.Keep i -> {}
            case Ir.Open i -> open(i.region());
            case Ir.Pause i -> pause(i.region());
            case Ir.Continue i -> goOn(i.region());
            case Ir.Close i -> close(i.region());
        }
    }

    private void loadCell() {
        b.checkcast(Names.CELL).getfield(Names.CELL, "value", CD_Object);
    }

    void move(Register to, Operand from) {
        switch (kinds.of(to)) {
            case INTEGER -> {
                pushLong(from);
                b.lstore(slot(to.number()));
            }
            case FLOAT -> {
                pushDouble(from);
                b.dstore(slot(to.number()));
            }
            default -> {
                push(from);
                store(to);
            }
        }
    }

    /** The function ends. */
    void leave() {
        if (!counted) return;
        pushState();
        if (isEntered) b.dup().getfield(Names.STATE, "depth", CD_int).iconst_1().isub();
        else b.iload(depthSlot);
        b.putfield(Names.STATE, "depth", CD_int);
    }

    // ---- closures

    private void newClosure(Ir.NewClosure i) {
        ClassDesc type = constants.classOf(i.function());
        b.new_(type).dup();
        pushState();
        b.invokespecial(type, "<init>", Names.CONSTRUCTOR);
        store(i.to());
        for (int u = 0; u < i.captures().size(); u++) {
            Ir.Capture c = i.captures().get(u);
            b.aload(slot(i.to().number())).checkcast(type);
            if (c.register() != null) push(c.register());
            else b.aload(0).getfield(self, "u" + c.upvalue(), CD_Object);
            b.putfield(type, "u" + u, CD_Object);
        }
    }

    // ---- control

    private void jumpIf(Ir.JumpIf i) {
        Label target = label(i.label());
        if (i.condition() instanceof Literal l) {
            boolean truth = l.value() != null && l.value() != Boolean.FALSE;
            if (truth == i.when()) b.goto_(target);
            return;
        }
        if (kinds.of(i.condition()).isNumber()) {
            if (i.when()) b.goto_(target);
            return;
        }
        push(i.condition());
        b.invokestatic(Names.TABLES, "truth", Names.TEST);
        if (i.when()) b.ifne(target);
        else b.ifeq(target);
    }

    /** Spends a tick where they are counted, and asks whether anybody wants the program to stop. */
    private void poll() {
        Label due = b.newLabel();
        Label go = b.newLabel();
        if (accounted) {
            pushState();
            b.invokevirtual(Names.STATE, "spendInLoop", MethodTypeDesc.of(CD_boolean));
        } else {
            b.invokestatic(Names.BUDGET, "requested", MethodTypeDesc.of(CD_boolean));
        }
        b.ifne(due).labelBinding(go);
        later(
                () -> {
                    b.labelBinding(due);
                    pushState();
                    callResumable(Names.BUDGET, "inLoop", Names.resumable(CD_Object, Names.STATE));
                    site(Sites.Result.OBJECT);
                    b.pop().goto_(go);
                });
    }

    private void open(Region region) {
        pushState();
        push(region.variable());
        pushText(region.variable().description());
        b.invokestatic(
                Names.REGIONS,
                "check",
                MethodTypeDesc.of(CD_void, Names.STATE, CD_Object, CD_String));
        around.put(region, List.copyOf(open));
        goOn(region);
    }

    private void close(Region region) {
        pushState();
        push(region.variable());
        callResumable(Names.REGIONS, "close", Names.resumable(CD_Object, Names.STATE, CD_Object));
        site(Sites.Result.OBJECT);
        b.pop();
    }
}
