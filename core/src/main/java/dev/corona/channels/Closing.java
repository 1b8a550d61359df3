package dev.corona.channels;

/** What can be ended from its own side; the resumable form of that is declared here once for all that is both source and sink. */
interface Closing extends AutoCloseable {
    /** Says that nothing more will be taken, or given. Nothing happens if that was said before. */
    @Override
    void close();
}
