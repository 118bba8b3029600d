package dev.lockstep.access;

import org.springframework.security.authorization.AuthorizationDecision;

/** Whether somebody may do something, and why. */
final class Verdict extends AuthorizationDecision {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private final Lacks lacks;

    /** What a refused one would have to have. */
    enum Lacks {
        NOTHING,
        ROLE,
        /** The second factor of the login. */
        FACTOR,
        /** A second factor that was given lately. */
        FRESH_FACTOR
    }

    private Verdict(String reason, Lacks lacks) {
        super(lacks == Lacks.NOTHING);
        this.reason = reason;
        this.lacks = lacks;
    }

    static Verdict allowed(String reason) {
        return new Verdict(reason, Lacks.NOTHING);
    }

    static Verdict refused(String reason) {
        return new Verdict(reason, Lacks.ROLE);
    }

    static Verdict lacking(Lacks factor) {
        String what = factor == Lacks.FACTOR ? "the second factor of this login" : "a fresh second factor";
        return new Verdict("this needs " + what, factor);
    }

    Lacks lacks() {
        return lacks;
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
