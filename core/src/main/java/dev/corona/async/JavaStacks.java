package dev.corona.async;

import java.util.List;

/** Java stacks as users read them: their own frames, without Corona's and the JDK's machinery at either end. */
final class JavaStacks {
    private JavaStacks() {}

    /** The frames as lines; if none is the user's, all of them. */
    static List<String> lines(List<StackTraceElement> frames) {
        List<String> own =
                frames.stream()
                        .filter(frame -> !isMachinery(frame))
                        .map(StackTraceElement::toString)
                        .toList();
        return own.isEmpty() ? frames.stream().map(StackTraceElement::toString).toList() : own;
    }

    private static boolean isMachinery(StackTraceElement frame) {
        String name = frame.getClassName();
        return isIn(name, "dev.corona.kernel")
                || (isIn(name, "dev.corona.async") || isIn(name, "dev.corona.io"))
                        && !name.endsWith("Test")
                        && !name.contains("Test$")
                || isIn(name, "jdk.internal")
                || isIn(name, "java.lang.invoke")
                || name.startsWith("java.lang.VirtualThread");
    }

    private static boolean isIn(String className, String packageName) {
        return className.startsWith(packageName) && className.charAt(packageName.length()) == '.';
    }
}
