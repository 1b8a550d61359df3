package dev.corona.async;

import java.util.Arrays;
import java.util.List;

/** Java stacks as users read them: their own frames, without Corona's and the JDK's machinery at either end. */
final class JavaStacks {
    private JavaStacks() {}

    /** The frames as lines; if none is the user's, all of them. */
    static List<String> lines(List<StackTraceElement> frames) {
        return Arrays.stream(ownFrames(frames)).map(StackTraceElement::toString).toList();
    }

    /** The frames without the machinery's; if none is left, all of them. */
    static StackTraceElement[] ownFrames(List<StackTraceElement> frames) {
        StackTraceElement[] own =
                frames.stream()
                        .filter(frame -> !isMachinery(frame))
                        .toArray(StackTraceElement[]::new);
        return own.length == 0 ? frames.toArray(StackTraceElement[]::new) : own;
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
