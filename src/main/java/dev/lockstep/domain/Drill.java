package dev.lockstep.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A rehearsal: a leak or a fault that is met by one sandbox credential only, and how long it took to deal with it.
 *
 * @param id ledger number, shown to people as {@code drill-<id>}
 * @param result how it went; null while it runs
 * @param requestedBy user id
 * @param reason free text; no secret
 * @param versionBefore the version that applications read when it began; null before that is known
 * @param injectedAt when the leak was reported, the fault began, or the node died; null before
 * @param faultUntil when the fault ends by itself; null when there is none
 * @param faultEndedAt when the fault was ended; null when it was not
 * @param detectedAt when Lockstep noticed; null when it has not
 * @param containedAt when no more damage could be done; null before
 * @param recoveredAt when applications read a new version; null before
 * @param endedAt when the measuring ended; null while it runs
 * @param cancelledBy who called it off; null when nobody did
 * @param operation the operation that it disturbed; null when there is none yet
 * @param incident the incident that it caused; null when there is none
 * @param story what happened, in words; null while it runs
 * @param findings what people made of it; null before the debriefing
 * @param followUp what they want to do about it; null before the debriefing
 * @param debriefedBy user id; null before the debriefing
 * @param closedAt when it was closed; null before
 * @param processInstance the engine's instance; null until it is started
 */
public record Drill(
        long id,
        CredentialName credential,
        Scenario scenario,
        State state,
        @Nullable Result result,
        String requestedBy,
        String reason,
        Instant begunAt,
        @Nullable Integer versionBefore,
        @Nullable Instant injectedAt,
        @Nullable Instant faultUntil,
        @Nullable Instant faultEndedAt,
        @Nullable Instant detectedAt,
        @Nullable Instant containedAt,
        @Nullable Instant recoveredAt,
        @Nullable Instant endedAt,
        @Nullable String cancelledBy,
        @Nullable Long operation,
        @Nullable Long incident,
        @Nullable String story,
        @Nullable String findings,
        @Nullable String followUp,
        @Nullable String debriefedBy,
        @Nullable Instant closedAt,
        @Nullable String processInstance) {

    /** The status with which a process exits that dies in a drill: that of one that was killed. */
    public static final int DEATH = 137;

    /** The label of a credential without which there is no drill; its value is {@link #SANDBOX_VALUE}. */
    public static final String SANDBOX = "sandbox";

    /** The only value of {@link #SANDBOX} that counts. */
    public static final String SANDBOX_VALUE = "true";

    /** What is rehearsed. */
    public enum Scenario {
        /** A leak is reported. */
        LEAK,
        /** The target does not answer. */
        DEAD_TARGET,
        /** The store does not answer. */
        DEAD_STORE,
        /** The target refuses every candidate. */
        REFUSED_PASSWORD,
        /** A process dies in the midst of a change. */
        LOST_NODE;

        /** Lower-case name, for example {@code dead-target}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Where a drill stands. */
    public enum State {
        RUNNING,
        /** Measured; a human looks back on it. */
        DEBRIEF,
        CLOSED
    }

    /** How a drill went. */
    public enum Result {
        /** Detected, contained and recovered in time. */
        PASSED,
        /** One of the three was not reached. */
        FAILED,
        /** Called off. */
        CANCELLED,
        /** Not begun, because the credential is no sandbox any more or is in use. */
        REFUSED
    }

    /** What a drill waits for. */
    public enum Milestone {
        DETECTED,
        CONTAINED,
        RECOVERED
    }

    /** Whether a credential may be used for drills. */
    public static boolean allows(Credential credential) {
        return SANDBOX_VALUE.equals(credential.labels().get(SANDBOX));
    }

    /** The name people see, for example {@code drill-7}. */
    public String label() {
        return "drill-" + id;
    }

    /** From the injection until Lockstep noticed. */
    public Optional<Duration> toDetect() {
        return between(injectedAt, detectedAt);
    }

    /** From the injection until no more damage could be done. */
    public Optional<Duration> toContain() {
        return between(injectedAt, containedAt);
    }

    /**
     * Until applications read a new version: from the end of a fault that had to end first, else from the injection.
     */
    public Optional<Duration> toRecover() {
        return between(waitsForTheEndOfItsFault() ? faultEndedAt : injectedAt, recoveredAt);
    }

    /** Nobody can recover while the target, the store or its rules stay as they are. */
    public boolean waitsForTheEndOfItsFault() {
        return scenario == Scenario.DEAD_TARGET
                || scenario == Scenario.DEAD_STORE
                || scenario == Scenario.REFUSED_PASSWORD;
    }

    private static Optional<Duration> between(@Nullable Instant from, @Nullable Instant to) {
        return from == null || to == null ? Optional.empty() : Optional.of(Duration.between(from, to));
    }
}
