package dev.corona.errors;

/** A scope of tasks was used in a way that its structure does not allow; each case has a subclass with a remedy. */
public sealed class ScopeException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private ScopeException(String message) {
        super(message);
    }

    /** A child was spawned in a scope that takes none any more. */
    public static final class Closed extends ScopeException {
        private static final long serialVersionUID = 1L;

        public Closed(String operation, String scope) {
            super(
                    "cannot %s in %s: it was cancelled or is closing; spawn before that, or in another scope"
                            .formatted(operation, scope));
        }
    }

    /** Code that is not the task which made the scope joined or closed it. */
    public static final class NotOwner extends ScopeException {
        private static final long serialVersionUID = 1L;

        public NotOwner(String operation, String scope, String caller) {
            super(
                    "%s cannot %s %s: only the task that made a scope does that; await single children instead"
                            .formatted(caller, operation, scope));
        }
    }

    /** A task ended and had not closed a scope; its children are cancelled. */
    public static final class LeftOpen extends ScopeException {
        private static final long serialVersionUID = 1L;

        public LeftOpen(String scope) {
            super(
                    "%s was never closed and its owner has ended; open it in a try statement, or use Scope.call"
                            .formatted(scope));
        }
    }
}
