package dev.corona.snapshot;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One call on the stack of a suspended coroutine: where it stands, and its live local variables.
 *
 * @param className of the method, with dots
 * @param descriptor of the method in the class file's notation
 * @param file the source file; null if unknown
 * @param line the line of the call in which it waits; negative if unknown
 * @param variables those that it will still read, in the order of their slots
 */
public record SuspendedCall(
        String className,
        String method,
        String descriptor,
        @Nullable String file,
        int line,
        List<Variable> variables) {
    public SuspendedCall {
        variables = List.copyOf(variables);
    }

    /**
     * A local variable.
     *
     * @param name {@code slot3} or the like if the class was compiled without names
     * @param descriptor of its type in the class file's notation; {@code ?} if unknown
     * @param value boxed if it is primitive
     */
    public record Variable(String name, String descriptor, @Nullable Object value) {
        @Override
        public String toString() {
            return name + " = " + value;
        }
    }

    /** As a line of a stack trace, and the variables. */
    @Override
    public String toString() {
        String all = variables.stream().map(Variable::toString).collect(Collectors.joining(", "));
        String where = file == null ? "Unknown Source" : line < 0 ? file : file + ":" + line;
        return "%s.%s(%s) {%s}".formatted(className, method, where, all);
    }
}
