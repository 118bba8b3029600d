package dev.lockstep.lifecycle;

import dev.lockstep.domain.Attempt;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.Step;
import dev.lockstep.port.Attempts;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * Runs what touches the outside as a counted, fenced attempt: durable before, recorded after, and never more often than
 * the policy allows, attempts that killed the process included.
 */
@Component
class FencedStep {

    private final Attempts attempts;
    private final TargetEntry entry;
    private final Patience patience;

    FencedStep(Attempts attempts, TargetEntry entry, Patience patience) {
        this.attempts = attempts;
        this.patience = patience;
        this.entry = entry;
    }

    /**
     * @param timeout how long the outside calls of the body can take
     * @param facts for the audit trail; no secret
     * @throws RetryableException when the step may be tried again; with {@code TARGET_PAUSED} it was not even begun
     * @throws PermanentException when it may not, also because this was the policy's last attempt
     */
    <T> T run(Work work, Step step, Duration timeout, Map<String, String> facts, Function<Attempt, T> body) {
        entry.enter(work);
        Attempt attempt = attempts.begin(work.operation().id(), step, timeout, facts);
        int most = patience.attempts(work);
        T result;
        try {
            if (attempt.number() > most) {
                throw new PermanentException(
                        FailureCode.ATTEMPTS_USED_UP,
                        step.label() + " was begun " + most + " times and never finished; look for a crash it causes");
            }
            result = body.apply(attempt);
        } catch (RetryableException failure) {
            attempts.fail(attempt, failure);
            throw again(work, attempt, most, failure) ? failure : last(failure, attempt, most);
        } catch (PermanentException failure) {
            attempts.fail(attempt, failure);
            throw failure;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError defect) {
            RetryableException failure = new RetryableException(
                    FailureCode.INTERNAL_ERROR,
                    step.label() + " broke with " + defect.getClass().getSimpleName());
            attempts.fail(attempt, failure);
            throw attempt.number() < most ? failure : last(failure, attempt, most);
        }
        attempts.succeed(attempt, facts);
        return result;
    }

    private boolean again(Work work, Attempt attempt, int most, RetryableException failure) {
        if (attempt.step() == Step.VERIFY && failure.code() == FailureCode.VERIFY_REFUSED) {
            int attempts = work.credential().policy().retries().attempts();
            return attempt.number() < attempts || patience.left(work);
        }
        return attempt.number() < most;
    }

    private static PermanentException last(LockstepException failure, Attempt attempt, int most) {
        return new PermanentException(
                failure.code(),
                failure.getMessage() + " (attempt " + attempt.number() + " of " + Math.min(attempt.number(), most)
                        + ")");
    }
}
