/**
 * Plain Java made resumable. {@code dev.corona.weave} is the API; the code that it writes stands on
 * {@code dev.corona.core}, which this module itself does not need.
 */
module dev.corona.weave {
    requires static transitive org.jspecify;

    exports dev.corona.weave;
}
