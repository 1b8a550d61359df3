package dev.corona;

/** What reports call coroutines of one kind that were given no name: after the class that wrote the body. */
final class Labels extends ClassValue<String> {
    private static final String LAMBDA = "$$Lambda";
    private static final String WOVEN_LAMBDA = "$$Woven/";

    private final String kind;

    Labels(String kind) {
        this.kind = kind;
    }

    /** The label of a coroutine whose {@code body} is an object of the user's class or a lambda in it. */
    String of(Object body) {
        return get(body.getClass());
    }

    /** The label of a coroutine with a name. */
    String of(String name) {
        return kind + " " + name;
    }

    /** The name in a label. */
    String nameIn(String label) {
        return label.substring(kind.length() + 1);
    }

    @Override
    protected String computeValue(Class<?> type) {
        String name = type.getName();
        String writer = before(before(name, LAMBDA), WOVEN_LAMBDA);
        return kind + " in " + writer.substring(writer.lastIndexOf('.') + 1);
    }

    private static String before(String text, String mark) {
        int at = text.indexOf(mark);
        return at < 0 ? text : text.substring(0, at);
    }
}
