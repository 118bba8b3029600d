package dev.lockstep.access;

import org.springframework.security.authorization.AuthorizationDecision;

/** Whether somebody may do something, and why. */
final class Verdict extends AuthorizationDecision {

    private static final long serialVersionUID = 1L;

    private final String reason;

    private Verdict(boolean allowed, String reason) {
        super(allowed);
        this.reason = reason;
    }

    static Verdict allowed(String reason) {
        return new Verdict(true, reason);
    }

    static Verdict refused(String reason) {
        return new Verdict(false, reason);
    }

    /** Half a sentence without quotes, of nothing but names of roles and environments. */
    String reason() {
        return reason;
    }

    @Override
    public String toString() {
        return (isGranted() ? "allowed: " : "refused: ") + reason;
    }
}
