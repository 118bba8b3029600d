package dev.lockstep.domain;

/** Nobody can tell that the sender is who it says it is; nothing was read and nothing changed. */
public final class Untrusted extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean stale;

    private Untrusted(boolean stale, String message) {
        super(message);
        this.stale = stale;
    }

    /** The signature is missing or wrong. */
    public static Untrusted forged(String message) {
        return new Untrusted(false, message);
    }

    /** It was signed too long ago, or for the future. */
    public static Untrusted stale(String message) {
        return new Untrusted(true, message);
    }

    /** Whether the signature is right, but not for this time. */
    public boolean isStale() {
        return stale;
    }
}
