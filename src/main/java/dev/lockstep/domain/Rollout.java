package dev.lockstep.domain;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A new version of a process that only a share of the credentials gets, until somebody or its failures decide.
 *
 * @param id number in the ledger
 * @param process id of the process in its model
 * @param versionTag the new version
 * @param formerTag the version that all others keep
 * @param share percent of the credentials, 1 to 100
 * @param rule when the former version takes over again by itself
 * @param status where it stands
 * @param openedBy user id
 * @param openedAt when it began
 * @param endedBy user id, or {@code lockstep}; null while open
 * @param endedAt when it ended; null while open
 * @param reason why it ended; null while open
 */
public record Rollout(
        long id,
        String process,
        String versionTag,
        String formerTag,
        int share,
        RolloutRule rule,
        Status status,
        String openedBy,
        Instant openedAt,
        @Nullable String endedBy,
        @Nullable Instant endedAt,
        @Nullable String reason) {

    private static final String CONTAINMENT = "containment";

    /** Where a roll-out stands. */
    public enum Status {
        /** A share of the credentials gets the new version. */
        OPEN,
        /** Every credential gets it. */
        COMPLETED,
        /** Every credential gets the former version again. */
        RETURNED;

        /** Lower-case name for the API. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The new version, for example {@code rotation@1.2}. */
    public String label() {
        return process + '@' + versionTag;
    }

    /**
     * Whether a credential belongs to the share. The same ones do whenever it is asked; those that did still do when
     * the share grows, and each version has others.
     */
    public boolean includes(CredentialName credential) {
        String hash = Digests.sha256(label() + ' ' + credential);
        return Integer.parseInt(hash.substring(0, 6), 16) % 100 < share;
    }

    /**
     * Why no share of the credentials gets a version of a process first; empty when one may.
     *
     * @param ofOperations whether its instances are operations, of which each chooses its version
     */
    public static Optional<String> objection(String process, boolean ofOperations) {
        if (process.equals(CONTAINMENT)) {
            return Optional.of(
                    process + " runs in emergencies, in which nothing is tried out; try the version in a dry run"
                            + " and deploy it for all");
        }
        return ofOperations
                ? Optional.empty()
                : Optional.of(
                        process + " is not run by operations of credentials, so that a share of them cannot try it"
                                + " out; all new instances use its newest version");
    }

    /** Reads a share such as {@code 5} or {@code 5%}; throws {@link InvalidInput} for anything else. */
    public static int share(String text) {
        if (!text.strip().matches("[1-9][0-9]? ?%?|100 ?%?")) {
            throw new InvalidInput("share", "a share is 1% to 100% of the credentials");
        }
        return Integer.parseInt(text.replaceAll("[ %]", ""));
    }
}
