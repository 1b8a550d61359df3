package dev.corona.lua.syntax;

import dev.corona.lua.syntax.Tree.BinaryOperator;
import dev.corona.lua.syntax.Tree.Expression;
import dev.corona.lua.syntax.Tree.UnaryOperator;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Parses expressions, by precedence climbing. */
final class Expressions {
    /** The precedence of the unary operators. */
    private static final int UNARY = 12;

    /**
     * An operator of two operands.
     *
     * @param operator null for {@code and} and {@code or}
     * @param left how strongly it binds what stands to its left
     * @param right how strongly it binds what stands to its right
     */
    private record Operator(@Nullable BinaryOperator operator, int left, int right) {}

    private final Parser parser;
    private final Lexer lexer;

    Expressions(Parser parser, Lexer lexer) {
        this.parser = parser;
        this.lexer = lexer;
    }

    private static @Nullable Operator operator(Token token) {
        return switch (token) {
            case OR -> new Operator(null, 1, 1);
            case AND -> new Operator(null, 2, 2);
            case LESS -> new Operator(BinaryOperator.LT, 3, 3);
            case GREATER -> new Operator(BinaryOperator.GT, 3, 3);
            case LESS_EQUAL -> new Operator(BinaryOperator.LE, 3, 3);
            case GREATER_EQUAL -> new Operator(BinaryOperator.GE, 3, 3);
            case NOT_EQUAL -> new Operator(BinaryOperator.NE, 3, 3);
            case EQUAL -> new Operator(BinaryOperator.EQ, 3, 3);
            case PIPE -> new Operator(BinaryOperator.BOR, 4, 4);
            case TILDE -> new Operator(BinaryOperator.BXOR, 5, 5);
            case AMPERSAND -> new Operator(BinaryOperator.BAND, 6, 6);
            case SHIFT_LEFT -> new Operator(BinaryOperator.SHL, 7, 7);
            case SHIFT_RIGHT -> new Operator(BinaryOperator.SHR, 7, 7);
            case CONCAT -> new Operator(BinaryOperator.CONCAT, 9, 8);
            case PLUS -> new Operator(BinaryOperator.ADD, 10, 10);
            case MINUS -> new Operator(BinaryOperator.SUB, 10, 10);
            case STAR -> new Operator(BinaryOperator.MUL, 11, 11);
            case SLASH -> new Operator(BinaryOperator.DIV, 11, 11);
            case DOUBLE_SLASH -> new Operator(BinaryOperator.IDIV, 11, 11);
            case PERCENT -> new Operator(BinaryOperator.MOD, 11, 11);
            case CARET -> new Operator(BinaryOperator.POW, 14, 13);
            default -> null;
        };
    }

    private static @Nullable UnaryOperator unary(Token token) {
        return switch (token) {
            case NOT -> UnaryOperator.NOT;
            case MINUS -> UnaryOperator.MINUS;
            case TILDE -> UnaryOperator.BNOT;
            case HASH -> UnaryOperator.LENGTH;
            default -> null;
        };
    }

    List<Expression> parseList() {
        List<Expression> list = new ArrayList<>();
        Expression last = parse();
        while (parser.accept(Token.COMMA)) {
            list.add(readHere(last));
            last = parse();
        }
        list.add(last);
        return list;
    }

    Expression parse() {
        return parse(0);
    }

    /** A field is read, and may fail, where the reference reads it: at the last token that was consumed before its value is needed. */
    private Expression readHere(Expression expression) {
        return expression instanceof Tree.Index i
                ? new Tree.Index(i.object(), i.key(), parser.lastLine())
                : expression;
    }

    /** An expression whose operators bind more strongly than {@code limit}. */
    private Expression parse(int limit) {
        parser.enterLevel();
        Expression left = parseOperand();
        Operator operator = operator(parser.token());
        while (operator != null && operator.left > limit) {
            Token token = parser.token();
            int line = lexer.line();
            parser.next();
            left = readHere(left);
            Expression right = parse(operator.right);
            left = binary(operator.operator, token, left, right, line);
            operator = operator(parser.token());
        }
        parser.leaveLevel();
        return left;
    }

    /** An operation fails where its operator stands, but a comparison where it ends. */
    private Expression binary(
            @Nullable BinaryOperator operator,
            Token token,
            Expression left,
            Expression right,
            int line) {
        if (operator != null) {
            int place = operator.isComparison() ? parser.lastLine() : line;
            return new Tree.Binary(operator, left, right, place);
        }
        return token == Token.AND ? new Tree.And(left, right) : new Tree.Or(left, right);
    }

    private Expression parseOperand() {
        UnaryOperator operator = unary(parser.token());
        if (operator == null) return parseSimple();
        int line = lexer.line();
        parser.next();
        return folded(operator, parse(UNARY), line);
    }

    /** A negated numeral is a constant. */
    private static Expression folded(UnaryOperator operator, Expression operand, int line) {
        if (operator == UnaryOperator.MINUS && operand instanceof Tree.Constant c) {
            if (c.value() instanceof Long l) return new Tree.Constant(-l);
            if (c.value() instanceof Double d && d != 0) return new Tree.Constant(-d);
        }
        return new Tree.Unary(operator, operand, line);
    }

    private Expression parseSimple() {
        Expression constant =
                switch (parser.token()) {
                    case INTEGER -> new Tree.Constant(lexer.integer());
                    case FLOAT -> new Tree.Constant(lexer.number());
                    case STRING -> new Tree.Constant(lexer.text());
                    case NIL -> new Tree.Constant(null);
                    case TRUE -> new Tree.Constant(true);
                    case FALSE -> new Tree.Constant(false);
                    case ELLIPSIS -> varArgs();
                    default -> null;
                };
        if (constant != null) {
            parser.next();
            return constant;
        }
        return switch (parser.token()) {
            case LEFT_BRACE -> parseTable();
            case FUNCTION -> {
                int line = lexer.line();
                parser.next();
                yield new Tree.Function(parser.parseFunction("", false, line));
            }
            default -> parseSuffixed();
        };
    }

    private Expression varArgs() {
        if (!parser.isVararg())
            throw lexer.errorNearToken("cannot use '...' outside a vararg function");
        return new Tree.VarArgs();
    }

    private Expression parsePrimary() {
        switch (parser.token()) {
            case NAME -> {
                String name = lexer.text();
                Expression resolved = parser.resolve(name);
                parser.next();
                return resolved;
            }
            case LEFT_PAREN -> {
                int line = lexer.line();
                parser.next();
                Expression inner = parse();
                parser.requireClosing(Token.RIGHT_PAREN, Token.LEFT_PAREN, line);
                return new Tree.Parenthesized(readHere(inner));
            }
            default -> throw lexer.errorNearToken("unexpected symbol");
        }
    }

    /** A variable, field, call, or something in parentheses. */
    Expression parseSuffixed() {
        int first = lexer.line();
        Expression left = parsePrimary();
        while (true) {
            switch (parser.token()) {
                case DOT -> {
                    parser.next();
                    Expression key = new Tree.Constant(parser.requireName());
                    left = new Tree.Index(left, key, parser.lastLine());
                }
                case LEFT_BRACKET -> {
                    parser.next();
                    Expression key = parse();
                    parser.require(Token.RIGHT_BRACKET);
                    left = new Tree.Index(left, key, parser.lastLine());
                }
                case COLON -> {
                    parser.next();
                    String name = parser.requireName();
                    left = new Tree.MethodCall(left, name, parseArguments(first), first);
                }
                case LEFT_PAREN, STRING, LEFT_BRACE ->
                        left = new Tree.Call(left, parseArguments(first), first);
                default -> {
                    return left;
                }
            }
        }
    }

    /**
     * @param line where the call begins, which is its place in messages
     */
    private List<Expression> parseArguments(int line) {
        switch (parser.token()) {
            case STRING -> {
                Expression text = new Tree.Constant(lexer.text());
                parser.next();
                return List.of(text);
            }
            case LEFT_BRACE -> {
                return List.of(parseTable());
            }
            case LEFT_PAREN -> {
                parser.next();
                if (parser.accept(Token.RIGHT_PAREN)) return List.of();
                List<Expression> arguments = parseList();
                parser.requireClosing(Token.RIGHT_PAREN, Token.LEFT_PAREN, line);
                return arguments;
            }
            default -> throw lexer.errorNearToken("function arguments expected");
        }
    }

    private Expression parseTable() {
        int line = lexer.line();
        parser.require(Token.LEFT_BRACE);
        List<Tree.Field> fields = new ArrayList<>();
        while (parser.token() != Token.RIGHT_BRACE) {
            Tree.Field field = parseField();
            boolean goesOn = parser.accept(Token.COMMA) || parser.accept(Token.SEMICOLON);
            boolean isItem = goesOn && field.key() == null;
            fields.add(isItem ? new Tree.Field(null, readHere(field.value())) : field);
            if (!goesOn) break;
        }
        parser.requireClosing(Token.RIGHT_BRACE, Token.LEFT_BRACE, line);
        return new Tree.TableConstructor(fields, line);
    }

    private Tree.Field parseField() {
        if (parser.accept(Token.LEFT_BRACKET)) {
            Expression key = parse();
            parser.require(Token.RIGHT_BRACKET);
            parser.require(Token.ASSIGN);
            return new Tree.Field(key, parse());
        }
        if (parser.token() == Token.NAME && lexer.isFollowedByAssign()) {
            Expression key = new Tree.Constant(lexer.text());
            parser.next();
            parser.require(Token.ASSIGN);
            return new Tree.Field(key, parse());
        }
        return new Tree.Field(null, parse());
    }
}
