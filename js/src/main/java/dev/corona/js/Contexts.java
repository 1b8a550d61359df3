package dev.corona.js;

import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.io.IOAccess;

/** How Corona sets GraalJS up: today's language, V8's notation of errors, and nothing of Java but what is exported. */
final class Contexts {
    private Contexts() {}

    /** A new context, initialized, entered by no thread. */
    static Context create() {
        HostAccess access =
                HostAccess.newBuilder(HostAccess.EXPLICIT)
                        .allowArrayAccess(true)
                        .allowBufferAccess(true)
                        .build();
        Context context =
                Context.newBuilder("js")
                        .allowHostAccess(access)
                        .allowIO(IOAccess.ALL)
                        .allowExperimentalOptions(true)
                        .option("engine.WarnInterpreterOnly", "false")
                        .option("js.ecmascript-version", "staging")
                        .option("js.v8-compat", "true")
                        .option("js.stack-trace-api", "true")
                        .option("js.global-property", "true")
                        .option("js.text-encoding", "true")
                        .option("js.performance", "true")
                        // a function's code is translated at its first call: the start takes less
                        .option("js.lazy-translation", "true")
                        .option("js.async-context", "true")
                        .option("js.unhandled-rejections", "handler")
                        .build();
        context.initialize("js");
        return context;
    }

    /** An engine to ask for its version and kind; the caller closes it. */
    static Engine engine() {
        return Engine.newBuilder("js").option("engine.WarnInterpreterOnly", "false").build();
    }
}
