package dev.corona.lua.syntax;

import dev.corona.lua.scope.FunctionScope;
import dev.corona.lua.scope.Variable;
import dev.corona.lua.syntax.Tree.Block;
import dev.corona.lua.syntax.Tree.Expression;
import dev.corona.lua.syntax.Tree.FunctionTree;
import dev.corona.lua.syntax.Tree.Statement;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parses the statements of a chunk; {@link Expressions} does the expressions. */
public final class Parser {
    /** How deep constructs may be nested: the reference implementation's limit on its own stack. */
    private static final int MAX_LEVELS = 196;

    private static final int MAX_LOCALS = 200;
    private static final int MAX_UPVALUES = 255;

    private final Lexer lexer;
    private final Expressions expressions;
    private int levels;
    private int lastLine = 1;

    // the function that is being parsed
    private FunctionScope scope;
    private Labels labels;
    private boolean vararg;

    private Parser(byte[] source, String chunk) {
        lexer = new Lexer(source, chunk);
        scope = new FunctionScope(null, 0);
        labels = new Labels(lexer, scope);
        expressions = new Expressions(this, lexer);
    }

    /**
     * The tree of a chunk: a vararg function whose only upvalue is {@code _ENV}.
     *
     * @param chunk the chunk's name as messages show it
     * @throws SyntaxError if it is not Lua
     */
    public static FunctionTree parse(byte[] source, String chunk) {
        return new Parser(source, chunk).parseChunk();
    }

    /** The text of a file from the end of its first line on, if that begins with {@code #}; a byte order mark is dropped. */
    public static byte[] withoutFirstLineComment(byte[] text) {
        boolean marked =
                text.length >= 3
                        && text[0] == (byte) 0xEF
                        && text[1] == (byte) 0xBB
                        && text[2] == (byte) 0xBF;
        int start = marked ? 3 : 0;
        if (start < text.length && text[start] == '#') {
            while (start < text.length && text[start] != '\n') start++;
        }
        return start == 0 ? text : Arrays.copyOfRange(text, start, text.length);
    }

    private FunctionTree parseChunk() {
        scope.declareUpvalue("_ENV");
        vararg = true;
        next();
        Block body = parseBlock();
        if (token() != Token.END_OF_FILE) throw expected(Token.END_OF_FILE);
        labels.requireResolved();
        return new FunctionTree("main chunk", List.of(), true, scope, body, 0, lexer.line());
    }

    // ---- tokens

    Token token() {
        return lexer.token();
    }

    void next() {
        lastLine = lexer.line();
        lexer.next();
    }

    /** The line of the last token that was consumed. */
    int lastLine() {
        return lastLine;
    }

    boolean accept(Token wanted) {
        if (token() != wanted) return false;
        next();
        return true;
    }

    private SyntaxError expected(Token wanted) {
        String shown =
                wanted.text.startsWith("<") && wanted.text.length() > 2
                        ? wanted.text
                        : "'" + wanted.text + "'";
        return lexer.errorNearToken(shown + " expected");
    }

    void require(Token wanted) {
        if (!accept(wanted)) throw expected(wanted);
    }

    void requireClosing(Token wanted, Token opened, int line) {
        if (accept(wanted)) return;
        if (line == lexer.line()) throw expected(wanted);
        throw lexer.errorNearToken(
                "'%s' expected (to close '%s' at line %d)"
                        .formatted(wanted.text, opened.text, line));
    }

    String requireName() {
        if (token() != Token.NAME) throw expected(Token.NAME);
        String name = lexer.text();
        next();
        return name;
    }

    void enterLevel() {
        if (++levels > MAX_LEVELS) throw new SyntaxError("C stack overflow", false);
    }

    void leaveLevel() {
        levels--;
    }

    // ---- names

    boolean isVararg() {
        return vararg;
    }

    Expression resolve(String name) {
        Variable variable = scope.resolve(name);
        if (variable == null) {
            Variable environment = scope.resolve("_ENV");
            if (environment == null) throw new AssertionError("no _ENV");
            return new Tree.Index(read(environment), new Tree.Constant(name), lexer.line());
        }
        return read(variable);
    }

    private Expression read(Variable variable) {
        requireFewUpvalues();
        Object constant = variable.constant();
        return constant == null ? new Tree.Local(variable) : new Tree.Constant(constant);
    }

    private void requireFewUpvalues() {
        for (FunctionScope f = scope; f != null; f = f.parent()) {
            if (f.upvalues().size() > MAX_UPVALUES) throw limit(f, "upvalues", MAX_UPVALUES);
        }
    }

    private SyntaxError limit(FunctionScope function, String what, int limit) {
        String where =
                function.line() == 0 ? "main function" : "function at line " + function.line();
        return lexer.errorNearToken(
                "too many %s (limit is %d) in %s".formatted(what, limit, where));
    }

    private Variable declare(String name, Variable.Kind kind, int pending) {
        if (scope.activeCount() + pending >= MAX_LOCALS)
            throw limit(scope, "local variables", MAX_LOCALS);
        return scope.declare(name, kind);
    }

    // ---- functions

    FunctionTree parseFunction(String name, boolean method, int line) {
        FunctionScope outerScope = scope;
        Labels outerLabels = labels;
        boolean outerVararg = vararg;
        scope = new FunctionScope(outerScope, line);
        labels = new Labels(lexer, scope);
        vararg = false;
        List<Variable> parameters = parseParameters(method);
        Block body = parseBlock();
        int last = lexer.line();
        requireClosing(Token.END, Token.FUNCTION, line);
        labels.requireResolved();
        FunctionTree tree = new FunctionTree(name, parameters, vararg, scope, body, line, last);
        scope = outerScope;
        labels = outerLabels;
        vararg = outerVararg;
        return tree;
    }

    private List<Variable> parseParameters(boolean method) {
        List<Variable> parameters = new ArrayList<>();
        if (method) parameters.add(scope.declare("self", Variable.Kind.REGULAR));
        require(Token.LEFT_PAREN);
        if (token() != Token.RIGHT_PAREN) {
            do {
                if (accept(Token.ELLIPSIS)) vararg = true;
                else if (token() == Token.NAME) parameters.add(parameter(parameters.size()));
                else throw lexer.errorNearToken("<name> or '...' expected");
            } while (!vararg && accept(Token.COMMA));
        }
        require(Token.RIGHT_PAREN);
        parameters.forEach(scope::activate);
        return parameters;
    }

    private Variable parameter(int before) {
        String name = requireName();
        return declare(name, Variable.Kind.REGULAR, before);
    }

    // ---- blocks

    private boolean isBlockEnd(boolean withUntil) {
        return switch (token()) {
            case ELSE, ELSEIF, END, END_OF_FILE -> true;
            case UNTIL -> withUntil;
            default -> false;
        };
    }

    private Block parseBlock() {
        int variables = scope.activeCount();
        int labelCount = labels.labelCount();
        int pending = labels.pendingCount();
        List<Statement> statements = new ArrayList<>();
        parseStatements(statements, variables, pending);
        scope.leaveTo(variables);
        labels.leaveBlock(labelCount, pending, variables);
        return new Block(statements);
    }

    private void parseStatements(List<Statement> into, int variables, int pending) {
        while (!isBlockEnd(true)) {
            if (token() == Token.RETURN) {
                into.add(parseReturn());
                return;
            }
            enterLevel();
            parseStatement(into, variables, pending);
            leaveLevel();
        }
    }

    private void parseStatement(List<Statement> into, int variables, int pending) {
        int line = lexer.line();
        switch (token()) {
            case SEMICOLON -> next();
            case IF -> into.add(parseIf(line));
            case WHILE -> parseWhile(into, line);
            case DO -> {
                next();
                Block body = parseBlock();
                requireClosing(Token.END, Token.DO, line);
                into.add(new Tree.Do(body));
            }
            case FOR -> parseFor(into, line);
            case REPEAT -> parseRepeat(into, line);
            case FUNCTION -> into.add(parseFunctionStatement(line));
            case LOCAL -> {
                next();
                into.add(accept(Token.FUNCTION) ? parseLocalFunction(line) : parseLocal(line));
            }
            case DOUBLE_COLON -> parseLabels(into, variables, pending);
            case BREAK -> {
                next();
                into.add(labels.jump(Labels.BREAK, line));
            }
            case GOTO -> {
                next();
                into.add(labels.jump(requireName(), line));
            }
            default -> into.add(parseExpressionStatement());
        }
    }

    /** One label, and those that follow it at once: they are at the block's end together, or not at all. */
    private void parseLabels(List<Statement> into, int variables, int pending) {
        List<String> names = new ArrayList<>();
        List<Integer> at = new ArrayList<>();
        while (token() == Token.DOUBLE_COLON) {
            at.add(lexer.line());
            next();
            names.add(requireName());
            require(Token.DOUBLE_COLON);
            while (token() == Token.SEMICOLON) next();
        }
        Map<String, Integer> lines = new LinkedHashMap<>();
        for (int i = names.size() - 1; i >= 0; i--) {
            labels.requireNew(names.get(i));
            Integer same = lines.put(names.get(i), at.get(i));
            if (same != null) throw labels.repeated(names.get(i), same);
        }
        int visible = isBlockEnd(false) ? variables : scope.activeCount();
        lines.forEach((name, line) -> into.add(labels.place(name, line, visible, pending)));
    }

    private Statement parseReturn() {
        int line = lexer.line();
        next();
        List<Expression> values = List.of();
        if (!isBlockEnd(true) && token() != Token.SEMICOLON) values = expressions.parseList();
        accept(Token.SEMICOLON);
        if (!isBlockEnd(true)) throw lexer.errorNearToken(returnEnd());
        return new Tree.Return(values, line);
    }

    private String returnEnd() {
        return scope.parent() == null && levels == 0 ? "<eof> expected" : "'end' expected";
    }

    // ---- statements

    private Statement parseIf(int line) {
        List<Tree.Arm> arms = new ArrayList<>();
        do {
            next();
            Expression condition = expressions.parse();
            require(Token.THEN);
            arms.add(new Tree.Arm(condition, parseBlock()));
        } while (token() == Token.ELSEIF);
        if (accept(Token.ELSE)) arms.add(new Tree.Arm(null, parseBlock()));
        requireClosing(Token.END, Token.IF, line);
        return new Tree.If(arms);
    }

    private void placeBreak(List<Statement> into, int pending) {
        into.add(labels.place(Labels.BREAK, 0, 0, pending));
    }

    private void parseWhile(List<Statement> into, int line) {
        next();
        Expression condition = expressions.parse();
        require(Token.DO);
        int pending = labels.pendingCount();
        Block body = parseBlock();
        requireClosing(Token.END, Token.WHILE, line);
        into.add(new Tree.While(condition, body, line));
        placeBreak(into, pending);
    }

    private void parseRepeat(List<Statement> into, int line) {
        next();
        int variables = scope.activeCount();
        int labelCount = labels.labelCount();
        int pending = labels.pendingCount();
        List<Statement> statements = new ArrayList<>();
        parseStatements(statements, variables, pending);
        requireClosing(Token.UNTIL, Token.REPEAT, line);
        Expression condition = expressions.parse();
        scope.leaveTo(variables);
        labels.leaveBlock(labelCount, pending, variables);
        into.add(new Tree.Repeat(new Block(statements), condition, line));
        placeBreak(into, pending);
    }

    private void parseFor(List<Statement> into, int line) {
        next();
        String first = requireName();
        int pending = labels.pendingCount();
        switch (token()) {
            case ASSIGN -> into.add(parseNumericFor(first, line));
            case COMMA, IN -> into.add(parseGenericFor(first, line));
            default -> throw lexer.errorNearToken("'=' or 'in' expected");
        }
        placeBreak(into, pending);
    }

    private Block parseForBody(List<Variable> variables, int line, int outer) {
        require(Token.DO);
        variables.forEach(scope::activate);
        Block body = parseBlock();
        scope.leaveTo(outer);
        requireClosing(Token.END, Token.FOR, line);
        return body;
    }

    private Statement parseNumericFor(String name, int line) {
        next();
        Expression from = expressions.parse();
        require(Token.COMMA);
        Expression to = expressions.parse();
        Expression step = accept(Token.COMMA) ? expressions.parse() : null;
        int outer = scope.activeCount();
        for (int i = 0; i < 3; i++)
            scope.activate(declare("(for state)", Variable.Kind.REGULAR, 0));
        Variable variable = declare(name, Variable.Kind.REGULAR, 0);
        Block body = parseForBody(List.of(variable), line, outer);
        return new Tree.NumericFor(variable, from, to, step, body, line);
    }

    private Statement parseGenericFor(String first, int line) {
        List<String> names = new ArrayList<>(List.of(first));
        while (accept(Token.COMMA)) names.add(requireName());
        require(Token.IN);
        int valuesLine = lexer.line();
        List<Expression> values = expressions.parseList();
        int outer = scope.activeCount();
        for (int i = 0; i < 3; i++)
            scope.activate(declare("(for state)", Variable.Kind.REGULAR, 0));
        Variable closing = declare("(for state)", Variable.Kind.CLOSE, 0);
        scope.activate(closing);
        List<Variable> variables = new ArrayList<>();
        for (String name : names) {
            variables.add(declare(name, Variable.Kind.REGULAR, variables.size()));
        }
        Block body = parseForBody(variables, line, outer);
        return new Tree.GenericFor(variables, values, closing, body, valuesLine);
    }

    private Statement parseFunctionStatement(int line) {
        next();
        String name = requireName();
        Expression target = resolve(name);
        StringBuilder whole = new StringBuilder(name);
        boolean method = false;
        while (token() == Token.DOT || token() == Token.COLON) {
            method = token() == Token.COLON;
            next();
            String key = requireName();
            whole.append(method ? ':' : '.').append(key);
            target = new Tree.Index(target, new Tree.Constant(key), lastLine);
            if (method) break;
        }
        FunctionTree function = parseFunction(whole.toString(), method, line);
        return new Tree.Assign(
                List.of(asTarget(target, name)), List.of(new Tree.Function(function)), line);
    }

    private Statement parseLocalFunction(int line) {
        String name = requireName();
        Variable variable = declare(name, Variable.Kind.REGULAR, 0);
        scope.activate(variable);
        return new Tree.LocalFunction(variable, parseFunction(name, false, lexer.line()), line);
    }

    private Statement parseLocal(int line) {
        List<Variable> variables = new ArrayList<>();
        boolean closing = false;
        do {
            String name = requireName();
            Variable.Kind kind = parseAttribute();
            if (kind == Variable.Kind.CLOSE) {
                if (closing) {
                    throw lexer.errorAt(
                            lexer.line(), "multiple to-be-closed variables in local list");
                }
                closing = true;
            }
            variables.add(declare(name, kind, variables.size()));
        } while (accept(Token.COMMA));
        List<Expression> values = accept(Token.ASSIGN) ? expressions.parseList() : List.of();
        for (int i = 0; i < variables.size(); i++) {
            Variable v = variables.get(i);
            boolean constant = v.kind() == Variable.Kind.CONST && variables.size() == values.size();
            if (constant
                    && i == variables.size() - 1
                    && values.get(i) instanceof Tree.Constant c
                    && c.value() != null) v.constant(c.value());
            scope.activate(v);
        }
        return new Tree.Declare(variables, values, line);
    }

    private Variable.Kind parseAttribute() {
        if (!accept(Token.LESS)) return Variable.Kind.REGULAR;
        String attribute = requireName();
        require(Token.GREATER);
        return switch (attribute) {
            case "const" -> Variable.Kind.CONST;
            case "close" -> Variable.Kind.CLOSE;
            default ->
                    throw lexer.errorAt(
                            lexer.line(), "unknown attribute '%s'".formatted(attribute));
        };
    }

    private Statement parseExpressionStatement() {
        String name = token() == Token.NAME ? lexer.text() : "";
        Expression first = expressions.parseSuffixed();
        if (token() != Token.ASSIGN && token() != Token.COMMA) {
            boolean call = first instanceof Tree.Call || first instanceof Tree.MethodCall;
            if (!call) throw lexer.errorNearToken("syntax error");
            return new Tree.CallStatement(first);
        }
        List<Tree.Target> targets = new ArrayList<>();
        targets.add(asTarget(first, name));
        while (accept(Token.COMMA)) {
            String next = token() == Token.NAME ? lexer.text() : "";
            targets.add(asTarget(expressions.parseSuffixed(), next));
        }
        require(Token.ASSIGN);
        List<Expression> values = expressions.parseList();
        return new Tree.Assign(targets, values, lastLine);
    }

    /**
     * Checks that something can be assigned to.
     *
     * @param name of the variable, if the expression is one
     */
    private Tree.Target asTarget(Expression expression, String name) {
        if (expression instanceof Tree.Local l) {
            if (l.variable().kind() != Variable.Kind.REGULAR) throw constant(l.variable().name());
            l.variable().reassign();
        }
        if (expression instanceof Tree.Target target) return target;
        if (expression instanceof Tree.Constant && isConstant(name)) throw constant(name);
        throw lexer.errorNearToken("syntax error");
    }

    private boolean isConstant(String name) {
        @Nullable Variable variable = name.isEmpty() ? null : scope.resolve(name);
        return variable != null && variable.constant() != null;
    }

    private SyntaxError constant(String name) {
        return lexer.errorAt(
                lexer.line(), "attempt to assign to const variable '%s'".formatted(name));
    }
}
