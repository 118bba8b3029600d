package dev.lockstep.lifecycle;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Step;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Attempts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Waits for new secrets that the target refuses at first, because it takes time to make them work. */
@Component
class Patience {

    private final Attempts attempts;
    private final Clock clock;

    Patience(Attempts attempts, Clock clock) {
        this.attempts = attempts;
        this.clock = clock;
    }

    /** How often each step of the round may be begun: a refusal that was waited for costs none of the attempts. */
    int attempts(Work work) {
        int most = work.credential().policy().retries().attempts();
        return impatient(work)
                ? most
                : most + attempts.failures(work.operation().id(), Step.VERIFY, FailureCode.VERIFY_REFUSED);
    }

    /** Whether a secret that is refused now may still come to work. */
    boolean left(Work work) {
        return !impatient(work)
                && verifications(work)
                        .map(Attempts.Entry::startedAt)
                        .min(Comparator.naturalOrder())
                        .filter(first -> clock.instant().isBefore(first.plus(patience(work))))
                        .isPresent();
    }

    /** Whether the target has taken the candidate already, so that there is nothing to do but to wait. */
    boolean taken(Work work, Version candidate) {
        return left(work)
                && verifications(work)
                        .filter(entry -> entry.failure() == FailureCode.VERIFY_REFUSED)
                        .anyMatch(entry -> since(candidate, entry.startedAt()));
    }

    private static boolean since(Version candidate, Instant verified) {
        return !verified.isBefore(candidate.createdAt());
    }

    private Stream<Attempts.Entry> verifications(Work work) {
        return attempts.list(work.operation().id()).stream()
                .filter(entry -> entry.attempt().step() == Step.VERIFY)
                .filter(entry -> entry.attempt().round() == work.operation().round());
    }

    private static boolean impatient(Work work) {
        return patience(work).isZero();
    }

    private static Duration patience(Work work) {
        return work.credential().policy().verification().patience();
    }
}
