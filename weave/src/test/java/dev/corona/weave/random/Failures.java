package dev.corona.weave.random;

/** An error as text that is the same for all loaders of a class. */
public final class Failures {
    private Failures() {}

    public static String describe(Throwable thrown) {
        StringBuilder text =
                new StringBuilder(thrown.toString().replaceAll("(?s) (is|are) in .*", ""));
        if (thrown.getCause() != null) text.append(" by ").append(describe(thrown.getCause()));
        for (Throwable each : thrown.getSuppressed()) text.append(" and ").append(describe(each));
        return text.toString();
    }
}
