package dev.lockstep.domain;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A credential that an incident is about.
 *
 * @param relation why it belongs to the incident
 * @param operation the emergency operation that deals with it; null when none was started
 * @param containedAt when its principals were switched off; null when they were not
 * @param provenDeadAt when the leaked secret was proven dead; null when it was not
 * @param replacedAt when applications got a new secret; null when they have not
 */
public record Affected(
        CredentialName credential,
        Relation relation,
        @Nullable Long operation,
        @Nullable Instant containedAt,
        @Nullable Instant provenDeadAt,
        @Nullable Instant replacedAt) {

    /** Why a credential belongs to an incident. */
    public enum Relation {
        /** A signal names it. */
        NAMED,
        /** It has or had the leaked value. */
        SAME_VALUE,
        /** It shares the account at the target. */
        SAME_PRINCIPAL,
        /** It is derived from, or protected by, one of the others. */
        DERIVED;

        /** In words, for example {@code same value}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }
}
