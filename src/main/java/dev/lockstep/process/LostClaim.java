package dev.lockstep.process;

/** Somebody else has taken over what this worker had claimed; nothing of it may be committed here. */
final class LostClaim extends RuntimeException {
    private static final long serialVersionUID = 1L;
}
