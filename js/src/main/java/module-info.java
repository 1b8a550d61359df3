/**
 * Corona's JavaScript runtime: GraalJS on an event loop, every callback in a coroutine. Start with
 * {@code dev.corona.js.JsRuntime}. It uses GraalJS's own packages, which the command line of the process must leave
 * reachable: run it on the class path.
 */
module dev.corona.js {
    requires static transitive org.jspecify;
    requires transitive dev.corona.core;
    requires transitive dev.corona.io;
    requires org.graalvm.polyglot;
    requires org.graalvm.js;
    requires org.graalvm.truffle;
    requires jdk.unsupported;
    requires java.management;

    exports dev.corona.js;
}
