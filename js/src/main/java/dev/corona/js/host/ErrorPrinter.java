package dev.corona.js.host;

import dev.corona.js.graal.HostFunctions;

import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.SourceSection;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of an uncaught error, as Node prints it: the place with its source line and a caret, then the error with its
 * stack; and under that where the coroutine was spawned. Frames of the runtime itself are left out.
 */
public final class ErrorPrinter {
    private static final Pattern PLACE = Pattern.compile(":(\\d+):(\\d+)\\)?$");

    private final Function<Value, String> inspect;
    private final Function<String, @Nullable String> textOf;
    private final boolean javaFrames;

    /**
     * @param inspect the text of a value, as {@code console.log} prints it
     * @param textOf the text of the source with a name; null if it is not known
     * @param javaFrames whether to add the Java stack of an error that has one
     */
    public ErrorPrinter(
            Function<Value, String> inspect,
            Function<String, @Nullable String> textOf,
            boolean javaFrames) {
        this.inspect = inspect;
        this.textOf = textOf;
        this.javaFrames = javaFrames;
    }

    /** A place in a source; line and column count from one. */
    private record Place(String file, int line, int column) {}

    /**
     * The report of an error value.
     *
     * @param spawnedAt where its coroutine was spawned, then where that one's was, with empty lines between
     */
    public String report(Value error, List<String> spawnedAt) {
        StringBuilder text = new StringBuilder();
        Place place = syntaxErrorPlace(error);
        if (place == null) place = firstPlace(error);
        if (place != null) text.append(excerpt(place));
        String what = withoutRuntimeFrames(inspect.apply(error));
        text.append(isError(error) ? withoutBrackets(what) : "Uncaught " + what).append('\n');
        appendSpawns(text, spawnedAt);
        return text.toString();
    }

    /** An error without frames is inspected as one in brackets, which a report does not need. */
    private static String withoutBrackets(String text) {
        int end = text.endsWith("]") ? text.length() - 1 : text.lastIndexOf("] {\n");
        if (!text.startsWith("[") || end < 0) return text;
        return text.substring(1, end) + text.substring(end + 1);
    }

    private static void appendSpawns(StringBuilder text, List<String> spawnedAt) {
        boolean begun = false;
        for (String line : spawnedAt) {
            if (isRuntimeFrame(line)) continue;
            if (!begun && !line.isEmpty()) text.append("  in a coroutine spawned\n");
            begun = !line.isEmpty();
            if (begun) text.append("    at ").append(line).append('\n');
        }
    }

    /** The report of an exception that left a coroutine; {@code value} is what was thrown, if a script did. */
    public String report(PolyglotException error, @Nullable Value value, List<String> spawnedAt) {
        String text = value != null ? report(value, spawnedAt) : describe(error);
        return javaFrames ? text + javaStack(error) : text;
    }

    private String describe(PolyglotException error) {
        SourceSection section = error.getSourceLocation();
        String place =
                section == null
                        ? ""
                        : excerpt(
                                new Place(
                                        section.getSource().getName(),
                                        section.getStartLine(),
                                        section.getStartColumn()));
        return place + "Uncaught " + messageOf(error) + '\n';
    }

    private static String messageOf(PolyglotException error) {
        boolean overflow =
                error.isHostException() && error.asHostException() instanceof StackOverflowError;
        return overflow
                ? "RangeError: Maximum call stack size exceeded"
                : String.valueOf(error.getMessage());
    }

    private static String javaStack(PolyglotException error) {
        StringBuilder text = new StringBuilder("Java frames:\n");
        for (StackTraceElement frame : error.getStackTrace()) {
            text.append("    at ").append(frame).append('\n');
        }
        return text.toString();
    }

    /** Where a source could not be parsed; null for any other error. */
    private static @Nullable Place syntaxErrorPlace(Value error) {
        if (!error.isException()) return null;
        try {
            throw error.throwException();
        } catch (PolyglotException e) {
            SourceSection section = e.isSyntaxError() ? e.getSourceLocation() : null;
            if (section == null || section.getSource().isInternal()) return null;
            int column = section.getStartColumn();
            boolean shifted =
                    section.getStartLine() == 1
                            && section.getSource()
                                    .getCharacters()
                                    .toString()
                                    .startsWith(HostFunctions.WRAPPER_HEAD);
            return new Place(
                    section.getSource().getName(),
                    section.getStartLine(),
                    shifted ? column - HostFunctions.WRAPPER_HEAD.length() : column);
        }
    }

    private static boolean isError(Value error) {
        return error.isException() || (error.hasMembers() && error.hasMember("stack"));
    }

    private @Nullable Place firstPlace(Value error) {
        String stack = isError(error) ? stringOf(error, "stack") : null;
        if (stack == null) return null;
        for (String line : stack.lines().toList()) {
            if (!line.startsWith("    at ") || isRuntimeFrame(line)) continue;
            Place place = placeIn(line.substring(7));
            if (place != null) return place;
        }
        return null;
    }

    /** The place at the end of a frame such as {@code name (file:1:2)}; names and files may have brackets themselves. */
    private @Nullable Place placeIn(String frame) {
        Matcher place = PLACE.matcher(frame);
        if (!place.find()) return null;
        String file = frame.substring(0, place.start());
        while (textOf.apply(file) == null) {
            int bracket = file.indexOf(" (");
            if (bracket < 0) break;
            file = file.substring(bracket + 2);
        }
        return new Place(file, Integer.parseInt(place.group(1)), Integer.parseInt(place.group(2)));
    }

    private static @Nullable String stringOf(Value error, String member) {
        try {
            Value value = error.hasMembers() ? error.getMember(member) : null;
            return value != null && value.isString() ? value.asString() : null;
        } catch (PolyglotException inGetter) {
            return null;
        }
    }

    private String excerpt(Place place) {
        String head = place.file() + ":" + place.line() + '\n';
        String source = textOf.apply(place.file());
        String line = source == null ? null : lineOf(source, place.line());
        if (line == null) return source == null ? "" : head + '\n';
        int caret = Math.min(Math.max(place.column() - 1, 0), line.length());
        String blank = line.substring(0, caret).replaceAll("[^\\t]", " ");
        return head + line + '\n' + blank + "^\n\n";
    }

    private static @Nullable String lineOf(String source, int number) {
        return source.lines().skip(number - 1L).findFirst().orElse(null);
    }

    private static String withoutRuntimeFrames(String text) {
        List<String> kept = new ArrayList<>();
        for (String line : text.split("\n", -1)) if (!isRuntimeFrame(line)) kept.add(line);
        return String.join("\n", kept);
    }

    private static boolean isRuntimeFrame(String line) {
        return line.contains("corona:internal/");
    }
}
