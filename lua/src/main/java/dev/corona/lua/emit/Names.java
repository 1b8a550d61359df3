package dev.corona.lua.emit;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_Throwable;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/** The classes and method types that compiled code refers to. */
final class Names {
    private static final String RUNTIME = "dev.corona.lua.runtime.";
    private static final String WOVEN = "dev.corona.woven.";

    static final ClassDesc STRAND = ClassDesc.of(WOVEN + "Strand");
    static final ClassDesc FRAME = ClassDesc.of(WOVEN + "Frame");
    static final ClassDesc CODE = ClassDesc.of(WOVEN + "Code");
    static final ClassDesc STATE = ClassDesc.of(RUNTIME + "LuaState");
    static final ClassDesc FUNCTION = ClassDesc.of(RUNTIME + "LuaFunction");
    static final ClassDesc CLOSURE = ClassDesc.of(RUNTIME + "LuaClosure");
    static final ClassDesc TAIL_CLOSURE = ClassDesc.of(RUNTIME + "TailClosure");
    static final ClassDesc INTERPRETED = ClassDesc.of(RUNTIME + "InterpretedClosure");
    static final ClassDesc TAIL_CALL = ClassDesc.of(RUNTIME + "TailCall");
    static final ClassDesc PROTOTYPE = ClassDesc.of(RUNTIME + "Prototype");
    static final ClassDesc LUA_CODE = ClassDesc.of(RUNTIME + "LuaCode");
    static final ClassDesc CELL = ClassDesc.of(RUNTIME + "Cell");
    static final ClassDesc VALUES = ClassDesc.of(RUNTIME + "Values");
    static final ClassDesc STRING = ClassDesc.of(RUNTIME + "LuaString");
    static final ClassDesc TABLE = ClassDesc.of(RUNTIME + "LuaTable");

    /** Operations that may call Lua code, and so suspend. */
    static final ClassDesc OPERATIONS = ClassDesc.of(RUNTIME + "Operations");

    /** Arithmetic on numbers. */
    static final ClassDesc ARITHMETIC = ClassDesc.of(RUNTIME + "Arithmetic");

    /** Tables without metatables, and other short cuts. */
    static final ClassDesc TABLES = ClassDesc.of(RUNTIME + "Tables");

    static final ClassDesc LOOPS = ClassDesc.of(RUNTIME + "Loops");
    static final ClassDesc REGIONS = ClassDesc.of(RUNTIME + "Regions");
    static final ClassDesc BUDGET = ClassDesc.of(RUNTIME + "Polls");
    static final ClassDesc HOOKS = ClassDesc.of(RUNTIME + "Hooks");
    static final ClassDesc OBJECTS = CD_Object.arrayType();

    static final MethodTypeDesc CONSTRUCTOR = MethodTypeDesc.of(CD_void, STATE);
    static final MethodTypeDesc CONSTANT =
            MethodTypeDesc.of(CD_Object, java.lang.constant.ConstantDescs.CD_Class, CD_int);
    static final MethodTypeDesc PUSH = MethodTypeDesc.of(CD_void, FRAME);

    /** The method that enters a frame. */
    static final MethodTypeDesc ENTRY = MethodTypeDesc.of(CD_boolean, FRAME, STRAND, CD_Throwable);

    static final MethodTypeDesc GIVE_THROWN = MethodTypeDesc.of(CD_void, CD_Throwable);
    static final MethodTypeDesc FIRST = MethodTypeDesc.of(CD_Object, CD_Object);
    static final MethodTypeDesc TEST = MethodTypeDesc.of(CD_boolean, CD_Object);
    static final MethodTypeDesc TEST_TWO = MethodTypeDesc.of(CD_boolean, CD_Object, CD_Object);
    static final MethodTypeDesc AT = MethodTypeDesc.of(CD_Object, CD_Object, CD_int);
    static final MethodTypeDesc OF = MethodTypeDesc.of(CD_Object, OBJECTS);
    static final MethodTypeDesc CALLABLE = MethodTypeDesc.of(FUNCTION, STATE, CD_Object, CD_String);
    static final MethodTypeDesc OBJECTS_TO_OBJECT =
            MethodTypeDesc.of(CD_Object, CD_Object, CD_Object);
    static final MethodTypeDesc LONGS = MethodTypeDesc.of(CD_long, CD_long, CD_long);
    static final MethodTypeDesc DOUBLES =
            MethodTypeDesc.of(
                    java.lang.constant.ConstantDescs.CD_double,
                    java.lang.constant.ConstantDescs.CD_double,
                    java.lang.constant.ConstantDescs.CD_double);

    private Names() {}

    /** The type of a call with so many arguments in its resumable form; -1 for an array. */
    static MethodTypeDesc call(int arguments) {
        if (arguments < 0) return MethodTypeDesc.of(CD_Object, OBJECTS, STRAND);
        ClassDesc[] types = new ClassDesc[arguments + 1];
        java.util.Arrays.fill(types, CD_Object);
        types[arguments] = STRAND;
        return MethodTypeDesc.of(CD_Object, types);
    }

    /** The resumable form of a static method. */
    static MethodTypeDesc resumable(ClassDesc result, ClassDesc... parameters) {
        return MethodTypeDesc.of(result, parameters)
                .insertParameterTypes(parameters.length, STRAND, FRAME);
    }
}
