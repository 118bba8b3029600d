package dev.lockstep.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger knows of one version of a credential; never its value.
 *
 * @param ref credential and number
 * @param stage where it stands
 * @param principal the account at the target that accepts this version
 * @param fingerprint keyed hash of the value in lower-case hex, to recognise it in a leak report
 * @param rules digest of the {@link SecretRules} the value was made by
 * @param operation the operation that staged it; null for an imported version
 * @param createdAt when it was staged
 * @param changedAt when it last changed stage
 */
public record Version(
        SecretRef ref,
        Stage stage,
        String principal,
        String fingerprint,
        String rules,
        @Nullable Long operation,
        Instant createdAt,
        Instant changedAt) {}
