package dev.lockstep.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something about a credential that is not as it should be although no operation is under way.
 *
 * @param credential which credential
 * @param code {@code DRIFT}, {@code VERIFY_PROBE_FAILED}, {@code STILL_ALIVE} or {@code STORE_VERSION_MISSING}
 * @param detail what was tried and what came of it; no secret
 * @param foundAt since when it is known
 * @param checkedAt when it was last seen
 * @param followedBy the process instance that follows it up; null as long as none does
 */
public record Finding(
        CredentialName credential,
        FailureCode code,
        String detail,
        Instant foundAt,
        Instant checkedAt,
        @Nullable String followedBy) {}
