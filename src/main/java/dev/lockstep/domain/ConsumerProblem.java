package dev.lockstep.domain;

import java.util.Locale;

/** Why a consumer cannot work with a version. A closed list: free text could carry the secret. */
public enum ConsumerProblem {
    /** The target does not accept the secret. */
    AUTHENTICATION_FAILED,
    /** The target lets it in and then refuses what it needs. */
    PERMISSION_DENIED,
    /** The secret has a form that it cannot use. */
    UNUSABLE;

    /** Spelling in the API, for example {@code authentication-failed}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Finds a problem by its {@link #label()}. */
    public static ConsumerProblem of(String label) {
        for (ConsumerProblem problem : values()) {
            if (problem.label().equals(label)) {
                return problem;
            }
        }
        throw new InvalidInput("problem", "a problem is authentication-failed, permission-denied or unusable");
    }
}
