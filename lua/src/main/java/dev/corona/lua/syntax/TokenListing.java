package dev.corona.lua.syntax;

/** The tokens of a chunk, a line each: the source line, what it is, and its value if it has one. */
public final class TokenListing {
    private TokenListing() {}

    /**
     * @param chunk the chunk's name as messages show it
     * @throws SyntaxError if something in it is no token
     */
    public static String of(byte[] source, String chunk) {
        Lexer lexer = new Lexer(source, chunk);
        StringBuilder text = new StringBuilder();
        do {
            lexer.next();
            text.append("%5d  %s\n".formatted(lexer.line(), shown(lexer)));
        } while (lexer.token() != Token.END_OF_FILE);
        return text.toString();
    }

    private static String shown(Lexer lexer) {
        Token token = lexer.token();
        return switch (token) {
            case INTEGER -> token.text + " " + lexer.integer();
            case FLOAT -> token.text + " " + lexer.number();
            case NAME -> token.text + " " + lexer.text();
            case STRING -> token.text + " " + quoted(lexer.text());
            default -> token.text;
        };
    }

    /** A string with a char for each byte, in quotes, what cannot be read by its number. */
    static String quoted(String latin1) {
        StringBuilder text = new StringBuilder("\"");
        for (char c : latin1.toCharArray()) {
            if (c == '"' || c == '\\') text.append('\\').append(c);
            else if (c >= ' ' && c < 0x7f) text.append(c);
            else text.append("\\x%02x".formatted((int) c));
        }
        return text.append('"').toString();
    }
}
