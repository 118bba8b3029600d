package dev.lockstep.access;

import dev.lockstep.domain.Area;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What needs a fresh second factor, {@code lockstep.access.step-up.*}.
 *
 * @param environments in which changes do, and decisions about them; what is about several environments does as soon as
 *     there is one. Empty: nothing does
 * @param within how old it may be
 * @param acr values of the provider's claim {@code acr} that tell of a second factor
 * @param amr likewise of {@code amr}
 */
@ConfigurationProperties("lockstep.access.step-up")
record StepUpRules(
        @DefaultValue Set<String> environments,
        @DefaultValue("15m") Duration within,
        @DefaultValue Set<String> acr,
        @DefaultValue({"mfa", "otp", "hwk"}) Set<String> amr) {

    StepUpRules {
        if (!environments.stream().allMatch(Area::isSegment)) {
            throw new IllegalArgumentException(
                    "lockstep.access.step-up.environments: each is the first segment of a credential's name");
        }
        if (within.toSeconds() < 30) {
            throw new IllegalArgumentException("lockstep.access.step-up.within is at least 30 seconds");
        }
    }

    boolean on() {
        return !environments.isEmpty();
    }

    /** @param environment null for what belongs to none, or to several */
    boolean cover(@Nullable String environment) {
        return on() && (environment == null || environments.contains(environment));
    }

    /** Whether a token of the provider tells of a second factor. */
    boolean told(Map<String, Object> claims) {
        return (claims.get("acr") instanceof String level && acr.contains(level))
                || (claims.get("amr") instanceof Collection<?> methods
                        && methods.stream().anyMatch(amr::contains));
    }
}
