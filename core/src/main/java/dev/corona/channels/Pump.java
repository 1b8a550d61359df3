package dev.corona.channels;

/** The end of a transfer from a source to a sink that failed. */
final class Pump {
    private Pump() {}

    /** Ends both sides because of {@code error}, which what fails meanwhile does not hide. */
    static void abort(Source<?> source, Sink<?> sink, Throwable error) {
        attempt(source::close, error);
        attempt(() -> sink.close(Outcomes.unwrap(error)), error);
    }

    private static void attempt(Runnable end, Throwable error) {
        try {
            end.run();
        } catch (Throwable another) {
            if (another != error && another.getCause() != error) error.addSuppressed(another);
        }
    }
}
