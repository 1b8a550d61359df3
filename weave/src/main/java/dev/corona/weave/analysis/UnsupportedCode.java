package dev.corona.weave.analysis;

/** A method has bytecode that cannot be made resumable; the message says which. The weaver turns it into a report. */
public final class UnsupportedCode extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    public UnsupportedCode(String reason) {
        super(reason);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
