package dev.lockstep.domain;

import java.util.Locale;

/** What is done about a leak. */
public enum LeakResponse {
    /** The principal is switched off at once, and replaced afterwards. */
    REVOKE_NOW,
    /** A new secret takes the place of the leaked one at once, without a gap. */
    ROTATE_NOW,
    /** A human decides first. */
    REVIEW,
    /** Nothing, for a reason. */
    IGNORE;

    /** The spelling in the triage table and the API, for example {@code revoke-now}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Finds a response by its {@link #label()}. */
    public static LeakResponse of(String label) {
        for (LeakResponse response : values()) {
            if (response.label().equals(label)) {
                return response;
            }
        }
        throw new InvalidInput("decision", "a decision is revoke-now, rotate-now, review or ignore");
    }
}
