package dev.lockstep.ledger;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.RetryableException;
import org.assertj.core.api.ThrowableAssertAlternative;

/** What tests of the ledger say about failures. */
final class Failures {

    private Failures() {}

    static ThrowableAssertAlternative<PermanentException> assertPermanent(FailureCode code, Runnable work) {
        return assertThatExceptionOfType(PermanentException.class)
                .isThrownBy(work::run)
                .matches(failure -> failure.code() == code, "code " + code);
    }

    static ThrowableAssertAlternative<RetryableException> assertRetryable(FailureCode code, Runnable work) {
        return assertThatExceptionOfType(RetryableException.class)
                .isThrownBy(work::run)
                .matches(failure -> failure.code() == code, "code " + code);
    }

    static LockstepException unreachable() {
        return new RetryableException(FailureCode.TARGET_UNREACHABLE, "the test's target is away");
    }

    /** Runs the work in a transaction that is then rolled back. */
    static void rolledBack(TestLedger ledger, Runnable work) {
        assertThatThrownBy(() -> ledger.inTransaction(() -> {
                    work.run();
                    throw new IllegalStateException("the test rolls back");
                }))
                .hasMessage("the test rolls back");
    }
}
