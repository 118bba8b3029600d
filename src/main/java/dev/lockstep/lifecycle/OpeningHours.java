package dev.lockstep.lifecycle;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.Step;
import dev.lockstep.policy.DueTimes;
import dev.lockstep.port.Attempts;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;

/**
 * Keeps a rotation that nobody has asked for from beginning outside of its windows or inside a blackout, however late
 * it is taken up. One that has begun at the target goes on: half a rotation is worse than one at the wrong time.
 */
@Component
class OpeningHours {

    private final Attempts attempts;
    private final Clock clock;

    OpeningHours(Attempts attempts, Clock clock) {
        this.attempts = attempts;
        this.clock = clock;
    }

    /** @throws RetryableException with {@code OUTSIDE_WINDOW} and the next opening; nothing has happened */
    void check(Work work) {
        Operation operation = work.operation();
        Credential credential = work.credential();
        if (operation.priority() >= Operation.REQUESTED) {
            return;
        }
        DueTimes.postponed(credential.policy(), credential.name(), clock.instant())
                .filter(opening -> !begun(operation))
                .ifPresent(opening -> {
                    throw new RetryableException(
                            FailureCode.OUTSIDE_WINDOW,
                            "policy " + credential.policy().name()
                                    + " lets no rotation begin now; it begins by itself at "
                                    + opening.truncatedTo(ChronoUnit.SECONDS),
                            opening);
                });
    }

    private boolean begun(Operation operation) {
        return attempts.list(operation.id()).stream()
                .map(Attempts.Entry::attempt)
                .anyMatch(attempt -> attempt.round() == operation.round() && attempt.step() == Step.APPLY);
    }
}
