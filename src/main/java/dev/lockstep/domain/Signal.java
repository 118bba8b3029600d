package dev.lockstep.domain;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A report that a secret leaked or is used in an unusual way, in one shape wherever it comes from. Carries the secret's
 * fingerprint, never the secret.
 *
 * @param source where it comes from
 * @param deliveryId the source's own number of it; the same one again is the same report
 * @param kind what is reported
 * @param confidence how sure the source is
 * @param exposure who can see the secret
 * @param location address of the place where it was seen; null when unknown
 * @param credential the credential that it names; null when it does not
 * @param fingerprint keyed hash of the value; null when it does not tell the value
 * @param reportedBy user id, or the name of the system that sent it
 * @param note free text; no secret
 * @param reportedAt when the source reported it
 */
public record Signal(
        Source source,
        String deliveryId,
        Kind kind,
        Confidence confidence,
        Exposure exposure,
        @Nullable String location,
        @Nullable CredentialName credential,
        @Nullable String fingerprint,
        String reportedBy,
        String note,
        Instant reportedAt) {
    public Signal {
        if (credential == null && fingerprint == null && location == null) {
            throw new InvalidInput("credential", "a signal names a credential or carries a leaked value");
        }
    }

    /** What it is about, for finding the same leak again: the value if there is one, or the name, or the place. */
    public String subject() {
        if (fingerprint != null) {
            return "value " + fingerprint;
        }
        return credential == null ? "place " + Digests.sha256(String.valueOf(location)) : "credential " + credential;
    }

    /** Whether only a person can find out which credential is meant. */
    public boolean isUnnamed() {
        return credential == null && fingerprint == null;
    }

    /** The drill that all these signals belong to; empty as soon as one of them is in earnest. */
    public static Optional<String> drill(List<Signal> signals) {
        return signals.stream().allMatch(signal -> signal.source() == Source.DRILL)
                ? signals.stream().map(Signal::deliveryId).findFirst()
                : Optional.empty();
    }

    /** Where a signal comes from. */
    public enum Source {
        /** A person, by page or API. */
        HUMAN,
        /** A scanner of source code, images or logs. */
        SCANNER,
        /** The vendor of a platform that found the secret there. */
        VENDOR,
        /** Lockstep's own delivery saw unusual reads. */
        DELIVERY,
        /** Nothing has leaked: it is rehearsed. */
        DRILL;

        /** Lower-case name in the API and in the triage table. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is reported, the gravest first. */
    public enum Kind {
        /** The secret was seen where it should not be. */
        LEAK,
        /** Somebody believes that it is known. */
        SUSPICION,
        /** It is used in an unusual way. */
        ANOMALY;

        /** Lower-case name in the API and in the triage table. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How sure the source is, the surest first. */
    public enum Confidence {
        CONFIRMED,
        LIKELY,
        POSSIBLE;

        /** Lower-case name in the API and in the triage table. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Who can see the secret, the worst first. */
    public enum Exposure {
        /** Anybody. */
        PUBLIC,
        /** Nobody knows who. */
        UNKNOWN,
        /** People of the organisation only. */
        INTERNAL;

        /** Lower-case name in the API and in the triage table. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
