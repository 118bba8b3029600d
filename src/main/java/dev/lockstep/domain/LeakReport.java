package dev.lockstep.domain;

import org.jspecify.annotations.Nullable;

/**
 * What somebody tells of a leak, before it becomes a {@link Signal}.
 *
 * @param deliveryId the sender's own number of it; null when it has none
 * @param location address of the place where the secret was seen; null when unknown
 * @param credential the credential that is named; null when only the value is known
 * @param value the leaked value; null when only the credential is known
 * @param reportedBy user id
 * @param note free text; no secret
 */
public record LeakReport(
        Signal.Source source,
        @Nullable String deliveryId,
        Signal.Kind kind,
        Signal.Confidence confidence,
        Signal.Exposure exposure,
        @Nullable String location,
        @Nullable CredentialName credential,
        @Nullable SecretValue value,
        String reportedBy,
        String note) {}
