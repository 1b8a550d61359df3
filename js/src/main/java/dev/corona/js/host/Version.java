package dev.corona.js.host;

/** The version of Corona. */
public final class Version {
    /** As in the build; a library user reads it from {@code process.versions.corona}. */
    public static final String CORONA = "0.1.0";

    private Version() {}
}
