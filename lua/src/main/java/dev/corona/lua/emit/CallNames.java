package dev.corona.lua.emit;

import dev.corona.lua.ir.Ir;
import dev.corona.lua.ir.Ir.Instruction;
import dev.corona.lua.ir.Ir.Operand;
import dev.corona.lua.runtime.DebugInfo.CallName;
import dev.corona.lua.syntax.Tree.BinaryOperator;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/** What instructions call the functions that they call. */
final class CallNames {
    private CallNames() {}

    static @Nullable CallName of(Instruction instruction) {
        return switch (instruction) {
            case Ir.Call i -> ofOperand(i.function());
            case Ir.TailCall i -> ofOperand(i.function());
            case Ir.Iterate i -> new CallName("for iterator", "for iterator");
            case Ir.IndexLoad i -> metamethod("index");
            case Ir.IndexStore i -> metamethod("newindex");
            case Ir.Concat i -> metamethod("concat");
            case Ir.Close i -> metamethod("close");
            case Ir.Compare i -> metamethod(comparison(i.operator()));
            case Ir.JumpIfCompare i -> metamethod(comparison(i.operator()));
            case Ir.Binary i -> metamethod(i.operator().name().toLowerCase(Locale.ROOT));
            case Ir.Unary i ->
                    metamethod(
                            switch (i.operator()) {
                                case MINUS -> "unm";
                                case LENGTH -> "len";
                                default -> "bnot";
                            });
            default -> null;
        };
    }

    private static CallName metamethod(String event) {
        return new CallName("metamethod", event);
    }

    private static String comparison(BinaryOperator operator) {
        return switch (operator) {
            case EQ, NE -> "eq";
            case LT, GT -> "lt";
            default -> "le";
        };
    }

    /** The name in a description such as {@code local 'x'}. */
    private static @Nullable CallName ofOperand(Operand operand) {
        String description = operand.description();
        if (description == null) return null;
        int quote = description.indexOf('\'');
        String name = description.substring(quote + 1, description.length() - 1);
        return new CallName(description.substring(0, quote - 1), name);
    }
}
