package dev.lockstep.domain;

import java.util.Map;
import java.util.Optional;

/**
 * An account at a target, as an adapter needs to know it.
 *
 * @param credential whose secret the account carries
 * @param principal the account's name at the target, not quoted
 * @param twin the other principal of an {@code alternating} pair, whose grants this one must have; empty otherwise
 * @param settings the credential's own settings for this target, for example {@code database} or {@code probe}; no
 *     secrets
 */
public record Account(
        CredentialName credential, String principal, Optional<String> twin, Map<String, String> settings) {
    public Account {
        settings = Map.copyOf(settings);
    }
}
