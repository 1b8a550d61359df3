/**
 * Tests of code that runs on an event loop: virtual time, numbered steps, a check for leaked tasks, loops that are stepped by
 * hand, and an extension of JUnit. Start with {@code dev.corona.testkit.LoopTest}.
 */
module dev.corona.testkit {
    requires static transitive org.jspecify;
    requires transitive dev.corona.core;
    requires static transitive org.junit.jupiter.api;

    exports dev.corona.testkit;
}
