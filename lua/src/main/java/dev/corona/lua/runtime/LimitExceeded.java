package dev.corona.lua.runtime;

/** Ends a program that went on beyond a limit after it had been told by an error; no Lua code catches it. */
public final class LimitExceeded extends RuntimeException {
    LimitExceeded(String message) {
        super(message, null, false, false);
    }
}
