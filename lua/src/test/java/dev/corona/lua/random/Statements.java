package dev.corona.lua.random;

import dev.corona.lua.random.Scope.Variable;

import java.util.ArrayList;
import java.util.List;

/** Statements and blocks. Loops that no literal bounds, and functions, begin with {@code burn()}. */
final class Statements {
    private final Choice choice;
    private final Scope scope;
    private final Expressions expressions;
    private final Literals literals;
    private final Loops loops;
    private final Functions functions;

    private Statements(Choice choice) {
        this.choice = choice;
        scope = new Scope();
        expressions = new Expressions(choice, scope);
        literals = new Literals(choice);
        loops = new Loops(choice, scope, expressions, this);
        functions = new Functions(choice, scope, expressions, this);
    }

    /** The program of a seed. */
    static List<Statement> program(long seed) {
        Choice choice = new Choice(seed);
        return new Statements(choice).block(choice.between(2, 3), choice.between(3, 6), true);
    }

    /**
     * A block with a scope of its own.
     *
     * @param depth how deep blocks in it may nest
     * @param ends whether it ends with a look at its variables
     */
    List<Statement> block(int depth, int size, boolean ends) {
        int mark = scope.mark();
        List<Statement> block = new ArrayList<>();
        for (int i = 0; i < size; i++) block.addAll(statement(depth));
        if (ends) block.add(lookAtVariables());
        scope.leave(mark);
        return block;
    }

    List<Statement> block(int depth) {
        return block(depth, choice.between(1, 4), choice.oneIn(3));
    }

    private Statement lookAtVariables() {
        List<String> names = new ArrayList<>();
        for (Type type : new Type[] {Type.INT, Type.FLOAT, Type.STR, Type.LIST, Type.NUM}) {
            scope.of(type).forEach(v -> names.add(v.name()));
        }
        return Statement.line("say(" + String.join(", ", names) + ")");
    }

    private List<Statement> statement(int depth) {
        if (depth > 0 && choice.oneIn(2)) {
            return choice.make(
                    () -> List.of(branches(depth - 1)),
                    () -> List.of(loops.loop(depth - 1)),
                    () -> List.of(loops.loop(depth - 1)),
                    () -> functions.function(depth - 1),
                    () -> functions.function(depth - 1),
                    () -> functions.coroutine(depth - 1),
                    () -> functions.object(),
                    () -> List.of(functions.protectedCall(depth - 1)),
                    () -> List.of(closing(depth - 1)));
        }
        return choice.make(
                () -> List.of(local()),
                () -> List.of(local()),
                () -> List.of(assignment()),
                () -> List.of(assignment()),
                () -> List.of(table()),
                () -> List.of(call()),
                () -> List.of(say()));
    }

    Statement say() {
        String second = expressions.of(Type.plain(choice));
        return Statement.line("say(%s, %s)".formatted(expressions.any(2), second));
    }

    private Statement local() {
        if (choice.oneIn(4)) return locals();
        Type type = choice.oneIn(8) ? Type.RECORD : Type.plain(choice);
        boolean constant = choice.oneIn(6);
        String value = expressions.of(type);
        String name = scope.name("v");
        scope.declare(name, type, constant);
        return Statement.line("local %s%s = %s".formatted(name, constant ? " <const>" : "", value));
    }

    private Statement locals() {
        Type first = Type.plain(choice);
        Type second = Type.plain(choice);
        String values = expressions.of(first) + ", " + expressions.of(second);
        if (choice.oneIn(3)) values += ", " + expressions.of(Type.ANY);
        String a = scope.name("v");
        String b = scope.name("v");
        scope.declare(a, first, false);
        scope.declare(b, second, false);
        return Statement.line("local %s, %s = %s".formatted(a, b, values));
    }

    Statement assignment() {
        Type type = Type.plain(choice);
        List<Variable> variables = scope.assignable(type);
        if (variables.isEmpty()) return local();
        Variable first = choice.of(variables);
        Variable second = choice.of(variables);
        scope.assigned(first);
        if (first != second && choice.oneIn(3)) {
            scope.assigned(second);
            String values =
                    "%s, %s".formatted(value(type), second.type() == type ? first.name() : "nil");
            return Statement.line("%s, %s = %s".formatted(first.name(), second.name(), values));
        }
        return Statement.line("%s = %s".formatted(first.name(), value(type)));
    }

    private String value(Type type) {
        String value = expressions.of(type);
        return switch (type) {
            case STR -> "cut(" + value + ")";
            case LIST -> "list(" + value + ")";
            default -> value;
        };
    }

    private Statement table() {
        List<Variable> lists = scope.of(Type.LIST);
        List<Variable> records = scope.of(Type.RECORD);
        if (!records.isEmpty() && choice.oneIn(2)) return record(choice.of(records).name());
        if (lists.isEmpty()) return local();
        String list = choice.of(lists).name();
        String value = expressions.of(Type.INT);
        return Statement.line(
                choice.make(
                        () ->
                                "%s[at(%s, %s)] = %s"
                                        .formatted(list, list, expressions.of(Type.INT), value),
                        () -> "table.insert(list(%s), %s)".formatted(list, value),
                        () -> "table.insert(list(%s), 1, %s)".formatted(list, value),
                        () -> "say(table.remove(%s))".formatted(list),
                        () -> "say(table.remove(%s, 1))".formatted(list),
                        () -> "sorted(%s)".formatted(list),
                        () ->
                                "%s[#%s + 1], %s[1] = %s, %s"
                                        .formatted(
                                                list, list, list, value, expressions.of(Type.INT)),
                        () -> "%s[#%s] = nil".formatted(list, list)));
    }

    private Statement record(String record) {
        return Statement.line(
                choice.make(
                        () -> "%s.a = %s".formatted(record, expressions.of(Type.INT)),
                        () -> "%s.b = cut(%s)".formatted(record, expressions.of(Type.STR)),
                        () ->
                                "%s.a, %s.b = %s.a, %s"
                                        .formatted(
                                                record,
                                                record,
                                                record,
                                                expressions.of(Type.STR, 1)),
                        () -> "function %s:m(x) return int(self.a) + x end".formatted(record),
                        () ->
                                "%s[ %s ] = %s"
                                        .formatted(
                                                record,
                                                literals.string(),
                                                expressions.of(Type.INT))));
    }

    /** A call for its effect: here functions may assign to what they like. */
    private Statement call() {
        Type type = Type.plain(choice);
        String call = expressions.call(type, 2, false);
        if (call == null) return say();
        List<Variable> variables = scope.assignable(type);
        if (choice.oneIn(3) || variables.isEmpty()) return Statement.line("say(" + call + ")");
        Variable target = choice.of(variables);
        scope.assigned(target);
        return Statement.line(
                target.name() + " = " + (type == Type.STR ? "cut(" + call + ")" : call));
    }

    private Statement branches(int depth) {
        List<String> lines = new ArrayList<>();
        List<List<Statement>> blocks = new ArrayList<>();
        int count = choice.between(1, 3);
        for (int i = 0; i < count; i++) {
            String condition = expressions.of(choice.oneIn(5) ? Type.ANY : Type.BOOL);
            lines.add((i == 0 ? "if " : "elseif ") + condition + " then");
            blocks.add(block(depth));
        }
        if (choice.oneIn(2)) {
            lines.add("else");
            blocks.add(block(depth));
        }
        lines.add("end");
        return new Statement(lines, blocks);
    }

    /** A variable that is closed on every way out of its block, some of which are in the middle. */
    private Statement closing(int depth) {
        int mark = scope.mark();
        String name = scope.name("c");
        String head = "do local %s <close> = closer('%s')".formatted(name, name);
        List<Statement> block = new ArrayList<>(block(depth));
        if (choice.oneIn(4))
            block.add(
                    new Statement(
                            List.of(
                                    "if "
                                            + expressions.of(Type.BOOL)
                                            + " then error("
                                            + expressions.of(Type.STR, 1)
                                            + ", 0) end"),
                            List.of()));
        scope.leave(mark);
        return Statement.around(head, block, "end");
    }
}
