/**
 * Plain Java made resumable. {@code dev.corona.weave} is the API; the code that it writes stands on
 * {@code dev.corona.core}, which this module itself does not need. {@code dev.corona.weave.agent} is for the JVM: it weaves at load
 * time.
 */
module dev.corona.weave {
    requires static transitive org.jspecify;
    requires static java.instrument;

    exports dev.corona.weave;
    exports dev.corona.weave.agent to
            java.instrument;
}
