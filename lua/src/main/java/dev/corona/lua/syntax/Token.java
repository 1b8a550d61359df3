package dev.corona.lua.syntax;

/** The kinds of tokens; the text is what messages call them. */
enum Token {
    AND("and"),
    BREAK("break"),
    DO("do"),
    ELSE("else"),
    ELSEIF("elseif"),
    END("end"),
    FALSE("false"),
    FOR("for"),
    FUNCTION("function"),
    GOTO("goto"),
    IF("if"),
    IN("in"),
    LOCAL("local"),
    NIL("nil"),
    NOT("not"),
    OR("or"),
    REPEAT("repeat"),
    RETURN("return"),
    THEN("then"),
    TRUE("true"),
    UNTIL("until"),
    WHILE("while"),
    PLUS("+"),
    MINUS("-"),
    STAR("*"),
    SLASH("/"),
    DOUBLE_SLASH("//"),
    PERCENT("%"),
    CARET("^"),
    HASH("#"),
    AMPERSAND("&"),
    TILDE("~"),
    PIPE("|"),
    SHIFT_LEFT("<<"),
    SHIFT_RIGHT(">>"),
    EQUAL("=="),
    NOT_EQUAL("~="),
    LESS_EQUAL("<="),
    GREATER_EQUAL(">="),
    LESS("<"),
    GREATER(">"),
    ASSIGN("="),
    LEFT_PAREN("("),
    RIGHT_PAREN(")"),
    LEFT_BRACE("{"),
    RIGHT_BRACE("}"),
    LEFT_BRACKET("["),
    RIGHT_BRACKET("]"),
    DOUBLE_COLON("::"),
    SEMICOLON(";"),
    COLON(":"),
    COMMA(","),
    DOT("."),
    CONCAT(".."),
    ELLIPSIS("..."),
    /** A byte that begins no token. */
    OTHER("?"),
    INTEGER("<integer>"),
    FLOAT("<number>"),
    STRING("<string>"),
    NAME("<name>"),
    END_OF_FILE("<eof>");

    private static final Token[] ALL = values();

    final String text;

    Token(String text) {
        this.text = text;
    }

    boolean isKeyword() {
        return ordinal() <= WHILE.ordinal();
    }

    /** The keyword of this name, or {@link #NAME}. */
    static Token ofName(String name) {
        return KEYWORDS.getOrDefault(name, NAME);
    }

    private static final java.util.Map<String, Token> KEYWORDS = keywords();

    private static java.util.Map<String, Token> keywords() {
        java.util.Map<String, Token> map = new java.util.HashMap<>();
        for (Token t : ALL) if (t.isKeyword()) map.put(t.text, t);
        return map;
    }
}
