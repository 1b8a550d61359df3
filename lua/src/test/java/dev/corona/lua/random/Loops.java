package dev.corona.lua.random;

import dev.corona.lua.random.Scope.Variable;

import java.util.ArrayList;
import java.util.List;

/** Loops of every kind, and what jumps in them. */
final class Loops {
    private static final String[] EDGES = {
        "math.maxinteger - 2, math.maxinteger",
        "math.mininteger + 1, math.mininteger, -1",
        "math.maxinteger, math.maxinteger - 3, -2",
        "1, math.huge, math.maxinteger // 2",
        "3, 1",
        "1, 3.9",
        "-1, -math.huge, -0x7ffffffffffffff0",
        "1, 0, 0"
    };

    private final Choice choice;
    private final Scope scope;
    private final Expressions expressions;
    private final Statements statements;

    Loops(Choice choice, Scope scope, Expressions expressions, Statements statements) {
        this.choice = choice;
        this.scope = scope;
        this.expressions = expressions;
        this.statements = statements;
    }

    Statement loop(int depth) {
        return choice.make(
                () -> numeric(depth),
                () -> numeric(depth),
                () -> generic(depth),
                () -> repeated(depth),
                () -> backwards(depth));
    }

    private Statement numeric(int depth) {
        String range =
                choice.make(
                        () -> "%d, %d".formatted(choice.between(-2, 2), choice.between(1, 5)),
                        () ->
                                "%d, %d, %d"
                                        .formatted(
                                                choice.between(3, 6),
                                                choice.between(-3, 2),
                                                choice.between(-4, -1)),
                        () ->
                                "%s, %s, %s"
                                        .formatted(
                                                choice.of("0.5", "1", "2.0"),
                                                choice.of("2", "3.25"),
                                                choice.of("0.5", "0.75", "1")),
                        () -> choice.of(EDGES));
        boolean integers = !range.contains(".") || range.contains("math");
        return loopOver(
                "for %s = " + range + " do",
                depth,
                integers ? Type.INT : Type.FLOAT,
                choice.oneIn(2));
    }

    private Statement generic(int depth) {
        List<Variable> lists = scope.of(Type.LIST);
        String list = lists.isEmpty() ? "{3, 1, 2}" : choice.of(lists).name();
        String string = expressions.of(Type.STR, 1);
        return choice.make(
                () -> loopOver("for _, %s in ipairs(" + list + ") do", depth, Type.INT, true),
                () ->
                        loopOver(
                                "for %s in string.gmatch("
                                        + string.replace("%", "%%")
                                        + ", '%%w') do",
                                depth,
                                Type.STR,
                                true),
                () ->
                        loopOver(
                                "for _, %s in upto(" + choice.between(0, 4) + ") do",
                                depth,
                                Type.INT,
                                false),
                () ->
                        loopOver(
                                "for %s in coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i * i) end end) do",
                                depth, Type.INT, false),
                () -> loopOver("for _, %s in next, {5, 6, 7} do", depth, Type.INT, false));
    }

    private Statement loopOver(String head, int depth, Type type, boolean burning) {
        int mark = scope.mark();
        String name = scope.name("i");
        scope.declare(name, type, false);
        List<Statement> body = new ArrayList<>(statements.block(depth));
        jumps(body);
        scope.leave(mark);
        return Statement.around(head.formatted(name) + (burning ? " burn()" : ""), body, "end");
    }

    /** Ways out in the middle: the label of "continue" stands at the very end, so it may be jumped to over locals. */
    private void jumps(List<Statement> body) {
        int at = choice.below(body.size() + 1);
        String condition = expressions.of(Type.BOOL, 1);
        if (choice.oneIn(3)) {
            body.add(at, Statement.line("if %s then break end".formatted(condition)));
        } else if (choice.oneIn(3)) {
            String label = scope.name("continue");
            body.add(at, Statement.line("if %s then goto %s end".formatted(condition, label)));
            body.add(Statement.line("::" + label + "::"));
        }
    }

    private Statement repeated(int depth) {
        int mark = scope.mark();
        String name = scope.name("n");
        scope.declare(name, Type.INT, true);
        List<Statement> body = new ArrayList<>(statements.block(depth));
        jumps(body);
        scope.leave(mark);
        String condition = expressions.of(Type.BOOL, 1);
        if (choice.oneIn(2)) {
            String head =
                    "do local %s = 0 while %s < %d do burn() %s = %s + 1"
                            .formatted(name, name, choice.between(1, 4), name, name);
            return Statement.around(head, body, "end end");
        }
        boolean inner = choice.oneIn(2) || body.toString().contains("::continue");
        String head = "do local %s = 0 repeat burn() %s = %s + 1".formatted(name, name, name);
        String tail = "local stop <const> = %s > 2 or %s until stop end".formatted(name, condition);
        return inner
                ? Statement.around(head + " do", body, "end " + tail)
                : Statement.around(head, body, tail);
    }

    /** A loop made of a jump, in which closures get variables of their own on every round. */
    private Statement backwards(int depth) {
        int mark = scope.mark();
        String name = scope.name("n");
        String label = scope.name("again");
        scope.declare(name, Type.INT, true);
        List<Statement> body = new ArrayList<>(statements.block(depth));
        scope.leave(mark);
        String head =
                "do local %s = 0 ::%s:: burn() %s = %s + 1".formatted(name, label, name, name);
        String tail =
                "if %s < %d then goto %s end end".formatted(name, choice.between(1, 4), label);
        return Statement.around(head, body, tail);
    }
}
