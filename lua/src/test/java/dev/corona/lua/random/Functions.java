package dev.corona.lua.random;

import dev.corona.lua.random.Scope.Function;
import dev.corona.lua.random.Scope.Signature;

import java.util.ArrayList;
import java.util.List;

/** Functions, coroutines, objects with metamethods, protected calls. */
final class Functions {
    private static final String[] EVENTS = {
        "add", "sub", "mul", "div", "idiv", "mod", "pow", "band", "bor", "bxor", "shl", "shr",
        "concat"
    };

    private final Choice choice;
    private final Scope scope;
    private final Expressions expressions;
    private final Statements statements;

    Functions(Choice choice, Scope scope, Expressions expressions, Statements statements) {
        this.choice = choice;
        this.scope = scope;
        this.expressions = expressions;
        this.statements = statements;
    }

    List<Statement> function(int depth) {
        return List.of(choice.oneIn(5) ? recursive(depth) : plain(depth));
    }

    private Statement plain(int depth) {
        List<Type> parameters = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = choice.below(4); i > 0; i--) {
            parameters.add(Type.plain(choice));
            names.add(scope.name("p"));
        }
        Type result = Type.plain(choice);
        Function function = new Function(choice.oneIn(3), scope.function().coroutine);
        String name = scope.name("f");
        List<Statement> body = body(function, parameters, names, depth, result);
        if (function.vararg) names.add("...");
        scope.declare(
                name,
                new Signature(parameters, function.vararg, result, function.pure, function.yields));
        String head =
                choice.oneIn(2) ? "local function %s(%s) burn()" : "local %s = function(%s) burn()";
        return Statement.around(head.formatted(name, String.join(", ", names)), body, "end");
    }

    private List<Statement> body(
            Function function, List<Type> types, List<String> names, int depth, Type result) {
        int mark = scope.mark();
        scope.enter(function);
        for (int i = 0; i < names.size(); i++) scope.declare(names.get(i), types.get(i), false);
        List<Statement> body = new ArrayList<>();
        if (function.vararg && choice.oneIn(2)) body.add(varargs());
        for (int i = choice.below(4); i > 0; i--) body.addAll(statements.block(depth, 1, false));
        String condition = expressions.of(Type.BOOL, 1);
        if (choice.oneIn(3))
            body.add(
                    Statement.line(
                            "if %s then return (%s) end"
                                    .formatted(condition, expressions.of(result))));
        String call = choice.oneIn(3) ? expressions.call(result, 1, false) : null;
        String values =
                choice.oneIn(3)
                        ? "%s, (%s)".formatted(expressions.of(result), expressions.of(Type.ANY))
                        : "(" + expressions.of(result) + ")";
        body.add(Statement.line("return " + (call == null ? values : call)));
        scope.leaveFunction();
        scope.leave(mark);
        return body;
    }

    private Statement varargs() {
        String a = scope.name("v");
        String b = scope.name("v");
        return Statement.line(
                choice.make(
                        () -> "local %s, %s = ... say(%s, %s)".formatted(a, b, a, b),
                        () ->
                                "local %s = {...} say(#%s == select('#', ...), (...))"
                                        .formatted(a, a),
                        () -> "say(select('#', ...), table.pack(...).n, ...)",
                        () -> "say(select(-1, nil, ...))",
                        () -> "say((select(2, 1, ...)))"));
    }

    /** Calls itself with less, in or out of the tail position. */
    private Statement recursive(int depth) {
        String name = scope.name("f");
        String n = scope.name("p");
        String sum = scope.name("p");
        Function function = new Function(false, false);
        int mark = scope.mark();
        scope.enter(function);
        scope.declare(n, Type.INT, true);
        scope.declare(sum, Type.INT, false);
        List<Statement> body = new ArrayList<>(statements.block(depth, choice.below(2), false));
        String next = "%s(%s - 1, %s)".formatted(name, n, expressions.of(Type.INT));
        String last =
                choice.make(
                        () -> "return " + next,
                        () -> "return %s + %s".formatted(next, sum),
                        () ->
                                "local r = %s return r ~ %s"
                                        .formatted(next, expressions.of(Type.INT, 1)));
        body.add(Statement.line(last));
        scope.leaveFunction();
        scope.leave(mark);
        String wrapper = scope.name("f");
        scope.declare(
                wrapper, new Signature(List.of(Type.INT), false, Type.INT, function.pure, false));
        String head =
                "local function %s(%s, %s) burn() if %s <= 0 then return %s end"
                        .formatted(name, n, sum, n, sum);
        String tail = "end local function %s(n) return %s(n %% 7, n) end".formatted(wrapper, name);
        return Statement.around(head, body, tail);
    }

    /** A coroutine, and a few calls of it. */
    List<Statement> coroutine(int depth) {
        if (scope.depth() > 3) return List.of(statements.say());
        String name = scope.name("co");
        String parameter = scope.name("p");
        List<Statement> body =
                body(
                        new Function(false, true),
                        List.of(Type.INT),
                        List.of(parameter),
                        depth,
                        Type.plain(choice));
        boolean wrapped = choice.oneIn(2);
        List<Statement> statements = new ArrayList<>();
        statements.add(
                Statement.around(
                        "local %s = coroutine.%s(function(%s) burn()"
                                .formatted(name, wrapped ? "wrap" : "create", parameter),
                        body,
                        "end)"));
        String call = wrapped ? "pcall(" + name + ", %s)" : "coroutine.resume(" + name + ", %s)";
        for (int i = choice.between(1, 4); i > 0; i--) {
            statements.add(
                    Statement.line("say(%s)".formatted(call.formatted(expressions.of(Type.INT)))));
        }
        if (!wrapped)
            statements.add(
                    Statement.line(
                            "say(coroutine.status(%s), coroutine.close(%s))"
                                    .formatted(name, name)));
        scope.calledImpure();
        return statements;
    }

    /** A table with some of the metamethods; operations that it lacks are errors. */
    List<Statement> object() {
        String name = scope.name("o");
        List<Statement> handlers = new ArrayList<>();
        for (String event : EVENTS) if (!choice.oneIn(9)) handlers.add(handler(event, "a, b"));
        for (String event : List.of("unm", "bnot", "len"))
            if (!choice.oneIn(9)) handlers.add(handler(event, "a"));
        for (String event : List.of("eq", "lt", "le"))
            if (!choice.oneIn(9)) handlers.add(handler(event, "a, b"));
        if (!choice.oneIn(9)) handlers.add(handler("call", "a, b, c"));
        handlers.add(
                choice.oneIn(2)
                        ? handler("index", "a, b")
                        : Statement.line(
                                "__index = {x = %s, y = 'y'},"
                                        .formatted(expressions.of(Type.INT, 1))));
        Statement object =
                Statement.around(
                        "local %s = setmetatable({a = %s}, {"
                                .formatted(name, expressions.of(Type.INT)),
                        handlers,
                        "})");
        scope.declare(name, Type.OBJECT, true);
        return List.of(object);
    }

    private Statement handler(String event, String parameters) {
        int mark = scope.mark();
        scope.enter(new Function(false, false));
        String value = expressions.of(Type.plain(choice), 2);
        scope.leaveFunction();
        scope.leave(mark);
        String result = choice.of(value, "rawlen(a)", "type(a) .. '" + event + "'", value);
        return Statement.line(
                "__%s = function(%s) burn() return (%s) end,".formatted(event, parameters, result));
    }

    /** A call whose errors are shown; code in it may throw anything. */
    Statement protectedCall(int depth) {
        int mark = scope.mark();
        Function around = scope.function();
        Function function = new Function(false, around.coroutine);
        scope.enter(function);
        List<Statement> body = new ArrayList<>(statements.block(depth));
        if (choice.oneIn(2)) body.add(failure());
        else body.add(Statement.line("return (" + expressions.of(Type.plain(choice)) + ")"));
        scope.leaveFunction();
        scope.leave(mark);
        if (function.yields) scope.yielded();
        if (choice.oneIn(3))
            return Statement.around("say(select('#', pcall(function()", body, "end)))");
        if (choice.oneIn(3))
            return Statement.around(
                    "say(xpcall(function()", body, "end, function(e) return e end))");
        return Statement.around("say(pcall(function()", body, "end))");
    }

    private Statement failure() {
        String value = expressions.of(Type.plain(choice), 1);
        return Statement.line(
                choice.make(
                        () -> "error(%s)".formatted(value),
                        () -> "error(%s, %d)".formatted(value, choice.between(0, 1)),
                        () -> "error({%s})".formatted(value),
                        () -> "error()",
                        () -> "assert(%s, %s)".formatted(expressions.of(Type.BOOL, 1), value),
                        () -> "local nothing say(nothing.field)",
                        () -> "local nothing = nil; nothing()",
                        () -> "say(%s + {})".formatted(value),
                        () -> "undefined.field = %s".formatted(value),
                        () -> "say(%s .. {})".formatted(value),
                        () -> "say(%s < {})".formatted(value),
                        () ->
                                "say(#%s)"
                                        .formatted(
                                                expressions.of(Type.INT, 0).startsWith("-")
                                                        ? "nil"
                                                        : "5 .. 'x'")));
    }
}
