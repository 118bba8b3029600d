package dev.lockstep.ledger;

import static dev.lockstep.ledger.LedgerStand.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Attempt;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.Step;
import dev.lockstep.port.Attempts;
import dev.lockstep.port.Attempts.Entry;
import java.time.Duration;
import java.util.Map;

class AttemptAuditTest {

    private static final Map<String, String> DETAILS = Map.of("principal", "orders_app");

    @OnEachDatabase
    void a_change_at_the_target_has_its_intent_and_its_outcome(LedgerStand stand) {
        Attempts attempts = stand.ledger.attempts();
        long operation = stand.ledger.queued(ORDERS).id();
        attempts.fail(begin(stand, operation, Step.APPLY), Failures.unreachable());
        attempts.succeed(begin(stand, operation, Step.APPLY), DETAILS);

        String subject = ORDERS + " op-" + operation;
        assertThat(stand.audit.lines())
                .containsExactly(
                        "INTENT lockstep target.apply " + subject + " {attempt=1, principal=orders_app, round=1}",
                        "OUTCOME lockstep target.apply " + subject
                                + " {attempt=1, failure=TARGET_UNREACHABLE, outcome=failed, round=1}",
                        "INTENT lockstep target.apply " + subject + " {attempt=2, principal=orders_app, round=1}",
                        "OUTCOME lockstep target.apply " + subject
                                + " {attempt=2, outcome=succeeded, principal=orders_app, round=1}");
    }

    @OnEachDatabase
    void an_attempt_that_never_reported_back_gets_an_unknown_outcome_with_the_next_one(LedgerStand stand) {
        long operation = stand.ledger.queued(ORDERS).id();
        begin(stand, operation, Step.RETIRE);
        begin(stand, operation, Step.VERIFY);
        begin(stand, operation, Step.VERIFY);

        assertThat(stand.audit.lines())
                .hasSize(2)
                .last()
                .isEqualTo("OUTCOME lockstep target.retire " + ORDERS + " op-" + operation
                        + " {attempt=1, outcome=unknown, round=1}");
        assertThat(stand.ledger.attempts().list(operation))
                .extracting(Entry::outcome)
                .containsExactly("unknown", "unknown", "running");
    }

    @OnEachDatabase
    void steps_that_change_no_target_are_not_told(LedgerStand stand) {
        long operation = stand.ledger.queued(ORDERS).id();
        stand.audit.breakDown();
        stand.ledger.attempts().succeed(begin(stand, operation, Step.STAGE), DETAILS);
        stand.ledger.attempts().fail(begin(stand, operation, Step.VERIFY), Failures.unreachable());

        assertThat(stand.audit.lines()).isEmpty();
    }

    @OnEachDatabase
    void without_the_intent_no_attempt_begins_and_an_older_one_keeps_its_outcome_open(LedgerStand stand) {
        long operation = stand.ledger.queued(ORDERS).id();
        begin(stand, operation, Step.APPLY);
        stand.audit.breakDown();

        Failures.assertRetryable(FailureCode.AUDIT_UNAVAILABLE, () -> begin(stand, operation, Step.APPLY));

        assertThat(stand.ledger.attempts().list(operation))
                .extracting(Entry::outcome)
                .containsExactly("running");
        stand.audit.repair();
        assertThat(begin(stand, operation, Step.APPLY).fence()).isEqualTo(2);
    }

    @OnEachDatabase
    void without_the_outcome_neither_success_nor_failure_is_recorded(LedgerStand stand) {
        Attempts attempts = stand.ledger.attempts();
        long operation = stand.ledger.queued(ORDERS).id();
        Attempt attempt = begin(stand, operation, Step.APPLY);
        stand.audit.breakDown();
        boolean committed = stand.ledger.inTransaction(() -> {
            succeedWithoutAudit(attempts, attempt);
            return stand.ledger.operations().requestRollback(operation);
        });
        Failures.assertRetryable(FailureCode.AUDIT_UNAVAILABLE, () -> attempts.fail(attempt, Failures.unreachable()));

        assertThat(committed).isTrue();
        assertThat(attempts.list(operation)).extracting(Entry::outcome).containsExactly("running");
        assertThat(stand.audit.lines()).hasSize(1);
    }

    private static void succeedWithoutAudit(Attempts attempts, Attempt attempt) {
        Failures.assertRetryable(FailureCode.AUDIT_UNAVAILABLE, () -> attempts.succeed(attempt, DETAILS));
    }

    @OnEachDatabase
    void a_failure_can_be_recorded_in_the_transaction_whose_success_the_audit_trail_refused(LedgerStand stand) {
        Attempts attempts = stand.ledger.attempts();
        long operation = stand.ledger.queued(ORDERS).id();
        Attempt attempt = begin(stand, operation, Step.APPLY);
        stand.ledger.inTransaction(() -> {
            stand.audit.breakDown();
            succeedWithoutAudit(attempts, attempt);
            stand.audit.repair();
            attempts.fail(attempt, new RetryableException(FailureCode.AUDIT_UNAVAILABLE, "not told"));
            return attempt;
        });

        assertThat(attempts.failures(operation, Step.APPLY, FailureCode.AUDIT_UNAVAILABLE))
                .isEqualTo(1);
    }

    private static Attempt begin(LedgerStand stand, long operation, Step step) {
        return stand.ledger.attempts().begin(operation, step, Duration.ofSeconds(10), DETAILS);
    }
}
