package dev.corona.lua.ir;

/** The listing of a function and those inside it. */
public final class Listing {
    private Listing() {}

    public static String of(Ir.Function function) {
        StringBuilder text = new StringBuilder();
        append(text, function);
        return text.toString();
    }

    private static void append(StringBuilder text, Ir.Function function) {
        text.append("function ").append(function.name.isEmpty() ? "anonymous" : function.name);
        text.append(" <").append(function.line).append(',').append(function.lastLine).append("> ");
        text.append(function.parameters).append(function.isVararg ? " vararg" : "").append('\n');
        for (int i = 0; i < function.upvalues.size(); i++) {
            text.append("  U").append(i).append(" = ").append(function.upvalues.get(i));
            text.append('\n');
        }
        for (Ir.Instruction i : function.code) {
            switch (i) {
                case Ir.Line l -> text.append("  -- line ").append(l.number());
                case Ir.Mark m -> text.append(m.label()).append(':');
                case Ir.NewClosure c ->
                        text.append("    NewClosure[to=")
                                .append(c.to())
                                .append(", ")
                                .append(c.function().name)
                                .append(", ")
                                .append(c.captures())
                                .append(']');
                default -> text.append("    ").append(i);
            }
            text.append('\n');
        }
        for (Ir.Function inner : function.inner) append(text.append('\n'), inner);
    }
}
