package dev.lockstep.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger knows of a credential beyond its configuration.
 *
 * @param name the credential
 * @param status whether it is in use
 * @param target name of its target at registration
 * @param nextRotationAt when it is due; null when only on demand
 * @param expiresAt when its life ends; null when somebody has to ask for that
 * @param lastRotatedAt when a version was last promoted
 * @param lastOutcome how its last operation ended
 * @param lastFailure why its last operation failed; null when it did not
 * @param rotateBy when it will have reached the maximum age of its policy; null when there is none
 * @param rule the rule that its due time was computed by; null when that is not known
 */
public record InventoryEntry(
        CredentialName name,
        CredentialStatus status,
        String target,
        @Nullable Instant nextRotationAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastRotatedAt,
        @Nullable Outcome lastOutcome,
        @Nullable FailureCode lastFailure,
        @Nullable Instant rotateBy,
        @Nullable String rule) {}
