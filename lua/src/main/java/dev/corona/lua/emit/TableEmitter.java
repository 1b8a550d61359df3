package dev.corona.lua.emit;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.corona.lua.analysis.Kind;
import dev.corona.lua.ir.Ir;
import dev.corona.lua.ir.Ir.Literal;
import dev.corona.lua.ir.Ir.Operand;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.stream.Collectors;

/** Writes what is done with tables, and concatenation. */
final class TableEmitter {
    /** How many operands of a concatenation errors can name. */
    private static final int MAX_NAMES = 50;

    private final FunctionEmitter f;
    private final CallEmitter calls;
    private final CodeBuilder b;

    TableEmitter(FunctionEmitter f, CallEmitter calls) {
        this.f = f;
        this.calls = calls;
        b = f.b;
    }

    void create(Ir.NewTable i) {
        b.new_(Names.TABLE).dup();
        b.loadConstant(i.elements()).loadConstant(i.fields());
        List<LuaString> names = i.names().stream().map(LuaString::ofLatin1).toList();
        b.loadConstant(LuaTable.shiftFor(i.fields(), names));
        b.invokespecial(Names.TABLE, "<init>", MethodTypeDesc.of(CD_void, CD_int, CD_int, CD_int));
        f.store(i.to());
    }

    void append(Ir.Append i) {
        f.push(i.table());
        b.loadConstant(i.first());
        calls.pushArray(i.values());
        b.invokestatic(
                Names.TABLES,
                "append",
                MethodTypeDesc.of(CD_void, CD_Object, CD_long, Names.OBJECTS));
    }

    void indexLoad(Ir.IndexLoad i) {
        Label slow = b.newLabel();
        Label done = b.newLabel();
        f.push(i.object());
        load(i.key());
        b.dup().ifnull(slow);
        f.store(i.to());
        b.labelBinding(done);
        f.later(
                () -> {
                    b.labelBinding(slow).pop();
                    f.pushState();
                    f.push(i.object());
                    f.push(i.key());
                    f.pushText(i.object().description());
                    f.callResumable(
                            Names.OPERATIONS,
                            "index",
                            Names.resumable(
                                    CD_Object, Names.STATE, CD_Object, CD_Object, CD_String));
                    f.site(Sites.Result.OBJECT);
                    f.store(i.to());
                    b.goto_(done);
                });
    }

    /** Pushes a key and calls the short cut for its kind, with the object on the stack. */
    private void load(Operand key) {
        if (key instanceof Literal l && l.value() instanceof String) {
            f.push(key);
            b.invokestatic(
                    Names.TABLE, "field", MethodTypeDesc.of(CD_Object, CD_Object, Names.STRING));
        } else if (f.kinds.of(key) == Kind.INTEGER) {
            f.pushLong(key);
            b.invokestatic(
                    Names.TABLES, "element", MethodTypeDesc.of(CD_Object, CD_Object, CD_long));
        } else {
            f.push(key);
            b.invokestatic(Names.TABLES, "get", Names.OBJECTS_TO_OBJECT);
        }
    }

    void indexStore(Ir.IndexStore i) {
        Label slow = b.newLabel();
        Label done = b.newLabel();
        f.push(i.object());
        if (i.key() instanceof Literal l && l.value() instanceof String) {
            f.push(i.key());
            f.push(i.value());
            b.invokestatic(
                    Names.TABLES,
                    "setField",
                    MethodTypeDesc.of(CD_boolean, CD_Object, Names.STRING, CD_Object));
        } else if (f.kinds.of(i.key()) == Kind.INTEGER) {
            f.pushLong(i.key());
            f.push(i.value());
            b.invokestatic(
                    Names.TABLES,
                    "setElement",
                    MethodTypeDesc.of(CD_boolean, CD_Object, CD_long, CD_Object));
        } else {
            f.push(i.key());
            f.push(i.value());
            b.invokestatic(
                    Names.TABLES,
                    "set",
                    MethodTypeDesc.of(CD_boolean, CD_Object, CD_Object, CD_Object));
        }
        b.ifeq(slow).labelBinding(done);
        f.later(
                () -> {
                    b.labelBinding(slow);
                    f.pushState();
                    f.push(i.object());
                    f.push(i.key());
                    f.push(i.value());
                    f.pushText(i.object().description());
                    f.callResumable(
                            Names.OPERATIONS,
                            "setIndex",
                            Names.resumable(
                                    CD_Object,
                                    Names.STATE,
                                    CD_Object,
                                    CD_Object,
                                    CD_Object,
                                    CD_String));
                    f.site(Sites.Result.OBJECT);
                    b.pop().goto_(done);
                });
    }

    void concat(Ir.Concat i) {
        List<Operand> operands = i.operands();
        String names =
                operands.stream()
                        .limit(MAX_NAMES)
                        .map(o -> o.description() == null ? "" : shorten(o.description()))
                        .collect(Collectors.joining("\n"));
        f.pushState();
        if (operands.size() == 2) {
            f.push(operands.get(0));
            f.push(operands.get(1));
            f.pushText(names);
            f.callResumable(
                    Names.OPERATIONS,
                    "concat",
                    Names.resumable(CD_Object, Names.STATE, CD_Object, CD_Object, CD_String));
        } else {
            calls.pushArray(operands);
            f.pushText(names);
            f.callResumable(
                    Names.OPERATIONS,
                    "concat",
                    Names.resumable(CD_Object, Names.STATE, Names.OBJECTS, CD_String));
        }
        f.site(Sites.Result.OBJECT);
        f.store(i.to());
    }

    private static String shorten(String text) {
        return text.length() < 200 ? text : text.substring(0, 200);
    }
}
