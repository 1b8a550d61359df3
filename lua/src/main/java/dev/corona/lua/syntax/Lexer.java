package dev.corona.lua.syntax;

/**
 * Cuts the bytes of a chunk into tokens. Names and string contents are Java strings with a char for each byte.
 *
 * <p>Its messages are those of the reference implementation.
 */
final class Lexer {
    private static final int END = -1;

    private final byte[] source;
    private final String chunk;
    private int at;
    private int start;

    /** The line of the next byte. */
    private int line = 1;

    // the current token
    private Token token = Token.END_OF_FILE;
    private int tokenLine = 1;
    private int tokenStart;
    private int tokenEnd;
    private String text = "";

    /** What was read of the current short string, and where its last escape begins. */
    private final StringBuilder content = new StringBuilder();

    private int escape;
    private long integer;
    private double number;

    /**
     * @param chunk the chunk's name as messages show it
     */
    Lexer(byte[] source, String chunk) {
        this.source = source;
        this.chunk = chunk;
    }

    Token token() {
        return token;
    }

    /** The line where the current token ends. */
    int line() {
        return tokenLine;
    }

    /** The current name or string. */
    String text() {
        return text;
    }

    long integer() {
        return integer;
    }

    double number() {
        return number;
    }

    // ---- errors

    SyntaxError errorNearToken(String message) {
        return error(message, near());
    }

    private String near() {
        if (token == Token.END_OF_FILE) return "<eof>";
        if (token == Token.OTHER && source[tokenStart] == 0) return "";
        if (token == Token.STRING) return shown(delimiterBefore() + text + delimiterBehind());
        return quoted(tokenStart, tokenEnd);
    }

    /** What opens the current string: a quote, or brackets. */
    private String delimiterBefore() {
        if (source[tokenStart] != '[') return latin1(tokenStart, tokenStart + 1);
        return latin1(tokenStart, tokenStart + 1 + delimiterBehind().length() - 1);
    }

    private String delimiterBehind() {
        if (source[tokenStart] != '[') return latin1(tokenEnd - 1, tokenEnd);
        int from = tokenEnd - 2;
        while (source[from] == '=') from--;
        return latin1(from, tokenEnd);
    }

    /** An error at the text that was read so far of an unfinished token. */
    private SyntaxError errorHere(String message) {
        tokenLine = line;
        return error(message, quoted(start, Math.min(at, source.length)));
    }

    private SyntaxError errorAtEnd(String message) {
        tokenLine = line;
        return error(message, "<eof>");
    }

    private String quoted(int from, int to) {
        if (to - from == 1 && !isPrintable(source[from])) {
            return "'<\\" + (source[from] & 0xFF) + ">'";
        }
        return shown(latin1(from, to));
    }

    private static String shown(String text) {
        int nul = text.indexOf('\0');
        return "'" + (nul < 0 ? text : text.substring(0, nul)) + "'";
    }

    private static boolean isPrintable(byte b) {
        return b >= 0x20 && b < 0x7F;
    }

    private SyntaxError error(String message, String near) {
        return new SyntaxError(
                chunk + ":" + tokenLine + ": " + message + (near.isEmpty() ? "" : " near " + near),
                near.equals("<eof>"));
    }

    /** An error of a whole construct rather than of a token. */
    SyntaxError errorAt(int atLine, String message) {
        return new SyntaxError(chunk + ":" + atLine + ": " + message, false);
    }

    // ---- tokens

    void next() {
        token = scan();
        tokenStart = start;
        tokenEnd = at;
        tokenLine = line;
    }

    /** Whether the token after the current one, a name, is {@code =}. */
    boolean isFollowedByAssign() {
        int savedAt = at;
        int savedLine = line;
        String savedText = text;
        boolean found = scan() == Token.ASSIGN;
        at = savedAt;
        line = savedLine;
        text = savedText;
        return found;
    }

    private int peek() {
        return peek(0);
    }

    private int peek(int ahead) {
        int i = at + ahead;
        return i < source.length ? source[i] & 0xFF : END;
    }

    private boolean accept(char c) {
        if (peek() != c) return false;
        at++;
        return true;
    }

    private Token scan() {
        while (true) {
            start = at;
            int c = peek();
            switch (c) {
                case END -> {
                    return Token.END_OF_FILE;
                }
                case '\n', '\r' -> newLine();
                case ' ', '\t', 0x0B, '\f' -> at++;
                case '-' -> {
                    at++;
                    if (!accept('-')) return Token.MINUS;
                    skipComment();
                }
                default -> {
                    return scanToken(c);
                }
            }
        }
    }

    private void newLine() {
        int first = peek();
        at++;
        int second = peek();
        if ((second == '\n' || second == '\r') && second != first) at++;
        if (++line == Integer.MAX_VALUE) throw errorHere("chunk has too many lines");
    }

    private void skipComment() {
        if (peek() == '[') {
            int level = longBracketLevel();
            if (level >= 0) {
                at += level + 2;
                readLong(level, "comment");
                return;
            }
        }
        while (peek() != END && peek() != '\n' && peek() != '\r') at++;
    }

    /** The level of the long bracket that opens here; -1 if none does. */
    private int longBracketLevel() {
        int level = 0;
        while (peek(level + 1) == '=') level++;
        return peek(level + 1) == '[' ? level : -1;
    }

    private Token scanToken(int c) {
        if (isNameStart(c)) return scanName();
        if (isDigit(c) || (c == '.' && isDigit(peek(1)))) return scanNumber();
        switch (c) {
            case '\'', '"' -> {
                return scanString(c);
            }
            case '[' -> {
                return scanBracket();
            }
            default -> {
                at++;
                return scanSymbol(c);
            }
        }
    }

    private Token scanBracket() {
        int level = longBracketLevel();
        if (level >= 0) {
            at += level + 2;
            text = readLong(level, "string");
            return Token.STRING;
        }
        if (peek(1) == '=') {
            at++;
            while (peek() == '=') at++;
            throw errorHere("invalid long string delimiter");
        }
        at++;
        return Token.LEFT_BRACKET;
    }

    private Token scanSymbol(int c) {
        return switch (c) {
            case '+' -> Token.PLUS;
            case '*' -> Token.STAR;
            case '/' -> accept('/') ? Token.DOUBLE_SLASH : Token.SLASH;
            case '%' -> Token.PERCENT;
            case '^' -> Token.CARET;
            case '#' -> Token.HASH;
            case '&' -> Token.AMPERSAND;
            case '~' -> accept('=') ? Token.NOT_EQUAL : Token.TILDE;
            case '|' -> Token.PIPE;
            case '<' ->
                    accept('<') ? Token.SHIFT_LEFT : accept('=') ? Token.LESS_EQUAL : Token.LESS;
            case '>' ->
                    accept('>')
                            ? Token.SHIFT_RIGHT
                            : accept('=') ? Token.GREATER_EQUAL : Token.GREATER;
            case '=' -> accept('=') ? Token.EQUAL : Token.ASSIGN;
            case '(' -> Token.LEFT_PAREN;
            case ')' -> Token.RIGHT_PAREN;
            case '{' -> Token.LEFT_BRACE;
            case '}' -> Token.RIGHT_BRACE;
            case ']' -> Token.RIGHT_BRACKET;
            case ':' -> accept(':') ? Token.DOUBLE_COLON : Token.COLON;
            case ';' -> Token.SEMICOLON;
            case ',' -> Token.COMMA;
            case '.' -> !accept('.') ? Token.DOT : accept('.') ? Token.ELLIPSIS : Token.CONCAT;
            default -> Token.OTHER;
        };
    }

    private Token scanName() {
        while (isNameStart(peek()) || isDigit(peek())) at++;
        text = latin1(start, at);
        return Token.ofName(text);
    }

    private String latin1(int from, int to) {
        return new String(source, from, to - from, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private static boolean isNameStart(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isHex(int c) {
        return hexValue(c) >= 0;
    }

    private static int hexValue(int c) {
        return c < 0 || c > 0x7F ? -1 : Character.digit(c, 16);
    }

    // ---- numbers

    private Token scanNumber() {
        boolean hex = peek() == '0' && (peek(1) == 'x' || peek(1) == 'X');
        if (hex) at += 2;
        while (true) {
            int c = peek();
            boolean exponent = hex ? c == 'p' || c == 'P' : c == 'e' || c == 'E';
            if (exponent) {
                at++;
                if (peek() == '+' || peek() == '-') at++;
            } else if (isHex(c) || c == '.') {
                at++;
            } else {
                break;
            }
        }
        if (isNameStart(peek())) at++;
        Number value = Numerals.parse(latin1(start, at));
        if (value == null) throw errorHere("malformed number");
        if (value instanceof Long l) {
            integer = l;
            return Token.INTEGER;
        }
        number = value.doubleValue();
        return Token.FLOAT;
    }

    // ---- strings

    private String readLong(int level, String what) {
        int opened = line;
        StringBuilder content = new StringBuilder();
        if (peek() == '\n' || peek() == '\r') newLine();
        while (true) {
            int c = peek();
            if (c == END) {
                throw errorAtEnd(
                        "unfinished long %s (starting at line %d)".formatted(what, opened));
            }
            if (c == ']' && closes(level)) {
                at += level + 2;
                return content.toString();
            }
            if (c == '\n' || c == '\r') {
                content.append('\n');
                newLine();
            } else {
                content.append((char) c);
                at++;
            }
        }
    }

    private boolean closes(int level) {
        for (int i = 1; i <= level; i++) if (peek(i) != '=') return false;
        return peek(level + 1) == ']';
    }

    /** An error in a string: near what it contains so far, and its text from {@code from} on. */
    private SyntaxError errorInString(String message, int from) {
        tokenLine = line;
        String raw = latin1(from, Math.min(at, source.length));
        return error(message, shown((char) source[start] + content.toString() + raw));
    }

    private Token scanString(int quote) {
        content.setLength(0);
        at++;
        while (peek() != quote) {
            int c = peek();
            switch (c) {
                case END -> throw errorAtEnd("unfinished string");
                case '\n', '\r' -> throw errorInString("unfinished string", at);
                case '\\' -> {
                    escape = at;
                    at++;
                    readEscape();
                }
                default -> {
                    content.append((char) c);
                    at++;
                }
            }
        }
        at++;
        text = content.toString();
        return Token.STRING;
    }

    private void readEscape() {
        int c = peek();
        switch (c) {
            case 'a' -> simple(7);
            case 'b' -> simple('\b');
            case 'f' -> simple('\f');
            case 'n' -> simple('\n');
            case 'r' -> simple('\r');
            case 't' -> simple('\t');
            case 'v' -> simple(0x0B);
            case '\\', '"', '\'' -> simple(c);
            case '\n', '\r' -> {
                content.append('\n');
                newLine();
            }
            case 'x' -> readHexEscape();
            case 'u' -> readUnicodeEscape();
            case 'z' -> skipBlanks();
            case END -> throw errorAtEnd("unfinished string");
            default -> readDecimalEscape();
        }
    }

    private void simple(int c) {
        content.append((char) c);
        at++;
    }

    private void skipBlanks() {
        at++;
        while (true) {
            switch (peek()) {
                case '\n', '\r' -> newLine();
                case ' ', '\t', 0x0B, '\f' -> at++;
                default -> {
                    return;
                }
            }
        }
    }

    private void requireInEscape(boolean holds, String message) {
        if (holds) return;
        if (peek() != END) at++;
        throw errorInString(message, escape);
    }

    private int readHexDigit() {
        requireInEscape(isHex(peek()), "hexadecimal digit expected");
        return hexValue(source[at++]);
    }

    private void readHexEscape() {
        at++;
        int high = readHexDigit();
        content.append((char) (high * 16 + readHexDigit()));
    }

    private void readUnicodeEscape() {
        at++;
        requireInEscape(peek() == '{', "missing '{'");
        at++;
        long code = readHexDigit();
        while (isHex(peek())) {
            code = code * 16 + hexValue(peek());
            requireInEscape(code <= 0x7FFFFFFFL, "UTF-8 value too large");
            at++;
        }
        requireInEscape(peek() == '}', "missing '}'");
        at++;
        appendUtf8((int) code);
    }

    /** UTF-8 as of RFC 2279: up to six bytes, for any value below 2^31. */
    private void appendUtf8(int code) {
        if (code < 0x80) {
            content.append((char) code);
            return;
        }
        int more = 1;
        while (more < 5 && code >>> (5 * more + 6) != 0) more++;
        int mark = 0xFF << (7 - more) & 0xFF & ~(1 << (6 - more));
        content.append((char) (mark & 0xFF | code >>> (6 * more)));
        for (int i = more - 1; i >= 0; i--) content.append((char) (0x80 | code >>> (6 * i) & 0x3F));
    }

    private void readDecimalEscape() {
        requireInEscape(isDigit(peek()), "invalid escape sequence");
        int value = 0;
        for (int i = 0; i < 3 && isDigit(peek()); i++) value = value * 10 + source[at++] - '0';
        requireInEscape(value <= 0xFF, "decimal escape too large");
        content.append((char) value);
    }
}
