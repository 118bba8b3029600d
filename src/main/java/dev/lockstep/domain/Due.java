package dev.lockstep.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a credential is to be rotated.
 *
 * @param at when it is due; null when only on demand
 * @param by when it will have reached the maximum age of its policy; null when there is none
 * @param rule stands for the rule that this was computed by; null when that is not known
 */
public record Due(
        @Nullable Instant at,
        @Nullable Instant by,
        @Nullable String rule) {

    /** At that time, by no known rule. */
    public static Due at(@Nullable Instant at) {
        return new Due(at, null, null);
    }

    /** Whether it will be rotated too late, or not at all. */
    public boolean misses() {
        return by != null && (at == null || at.isAfter(by));
    }
}
