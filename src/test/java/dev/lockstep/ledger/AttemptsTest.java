package dev.lockstep.ledger;

import static dev.lockstep.ledger.LedgerStand.NOON;
import static dev.lockstep.ledger.LedgerStand.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Attempt;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.Step;
import dev.lockstep.port.Attempts;
import dev.lockstep.port.Attempts.Entry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;

class AttemptsTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @OnEachDatabase
    void an_attempt_is_durable_before_the_caller_commits(LedgerStand stand) {
        long operation = stand.ledger.queued(ORDERS).id();
        Failures.rolledBack(stand.ledger, () -> begin(stand, operation, Step.APPLY));

        List<Entry> attempts = stand.ledger.attempts().list(operation);
        long id = attempts.get(0).attempt().id();
        assertThat(attempts)
                .containsExactly(new Entry(
                        new Attempt(id, operation, ORDERS, 1, Step.APPLY, 1, 1, NOON.plus(TIMEOUT)),
                        NOON,
                        null,
                        "running",
                        null,
                        null));
    }

    @OnEachDatabase
    void tries_are_counted_for_each_step_and_round_and_the_fence_only_grows(LedgerStand stand) {
        long operation = stand.ledger.queued(ORDERS).id();

        assertThat(begin(stand, operation, Step.APPLY)).matches(is(1, 1, 1));
        assertThat(begin(stand, operation, Step.APPLY)).matches(is(1, 2, 2));
        assertThat(begin(stand, operation, Step.VERIFY)).matches(is(1, 1, 3));
        stand.ledger.operations().nextRound(operation, 1, false);
        assertThat(begin(stand, operation, Step.APPLY)).matches(is(2, 1, 4));
        assertThat(stand.ledger.attempts().list(operation))
                .extracting(entry -> entry.attempt().fence())
                .containsExactly(1, 2, 3, 4);
    }

    @OnEachDatabase
    void an_attempt_belongs_to_the_round_that_its_own_transaction_began(LedgerStand stand) {
        long operation = stand.ledger.queued(ORDERS).id();
        begin(stand, operation, Step.STAGE);
        Attempt attempt = stand.ledger.inTransaction(() -> {
            stand.ledger.operations().nextRound(operation, 1, true);
            return begin(stand, operation, Step.STAGE);
        });

        assertThat(attempt).matches(is(2, 1, 2));
    }

    @OnEachDatabase
    void concurrent_attempts_get_fences_of_their_own_and_only_the_newest_succeeds(LedgerStand stand) {
        long operation = stand.ledger.queued(ORDERS).id();
        List<Attempt> attempts = Together.run(8, () -> begin(stand, operation, Step.APPLY));
        assertThat(attempts).extracting(Attempt::fence).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8);

        List<Integer> succeeded = attempts.stream()
                .filter(attempt -> succeeds(stand, attempt))
                .map(Attempt::fence)
                .toList();
        assertThat(succeeded).containsExactly(8);
    }

    private static boolean succeeds(LedgerStand stand, Attempt attempt) {
        try {
            stand.ledger.attempts().succeed(attempt, Map.of());
            return true;
        } catch (RetryableException stale) {
            assertThat(stale.code()).isEqualTo(FailureCode.STALE_ATTEMPT);
            return false;
        }
    }

    @OnEachDatabase
    void no_attempt_begins_in_an_operation_that_has_ended_or_is_unknown(LedgerStand stand) {
        long operation = stand.ledger.queued(ORDERS).id();
        stand.ledger.operations().close(operation, Outcome.SUPERSEDED);

        Failures.assertPermanent(FailureCode.OPERATION_CLOSED, () -> begin(stand, operation, Step.APPLY))
                .withMessageContaining("op-" + operation);
        Failures.assertPermanent(FailureCode.OPERATION_CLOSED, () -> begin(stand, 4711, Step.APPLY));
        assertThat(stand.ledger.attempts().list(operation)).isEmpty();
        assertThat(stand.audit.lines()).isEmpty();
    }

    @OnEachDatabase
    void an_operation_that_ends_in_the_same_transaction_takes_no_attempt_either(LedgerStand stand) {
        long operation = stand.ledger.queued(ORDERS).id();
        boolean refused = stand.ledger.inTransaction(() -> {
            stand.ledger.operations().close(operation, Outcome.ROTATED);
            return closed(stand, operation);
        });

        assertThat(refused).isTrue();
    }

    @OnEachDatabase
    void an_attempt_waits_for_an_end_that_is_being_committed_and_is_then_refused(LedgerStand stand) {
        long operation = stand.ledger.queued(ORDERS).id();
        ExecutorService worker = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> refused = stand.ledger.inTransaction(() -> {
                stand.ledger.operations().close(operation, Outcome.SUPERSEDED);
                Future<Boolean> attempt = worker.submit(() -> closed(stand, operation));
                assertThat(attempt).failsWithin(Duration.ofMillis(300));
                return attempt;
            });
            assertThat(refused).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(true);
        } finally {
            worker.shutdownNow();
        }
        assertThat(stand.ledger.attempts().list(operation)).isEmpty();
    }

    @OnEachDatabase
    void an_attempt_that_began_before_the_end_cannot_succeed_after_it(LedgerStand stand) {
        long operation = stand.ledger.queued(ORDERS).id();
        Attempt attempt = begin(stand, operation, Step.APPLY);
        stand.ledger.operations().close(operation, Outcome.SUPERSEDED);

        Failures.assertRetryable(
                FailureCode.STALE_ATTEMPT, () -> stand.ledger.attempts().succeed(attempt, Map.of()));
        stand.ledger.attempts().fail(attempt, Failures.unreachable());
        assertThat(outcomes(stand, operation)).containsExactly("failed");
    }

    private static boolean closed(LedgerStand stand, long operation) {
        try {
            begin(stand, operation, Step.APPLY);
            return false;
        } catch (PermanentException closed) {
            return closed.code() == FailureCode.OPERATION_CLOSED;
        }
    }

    @OnEachDatabase
    void the_success_of_an_attempt_that_a_newer_one_overtook_is_refused(LedgerStand stand) {
        long operation = stand.ledger.queued(ORDERS).id();
        Attempt stale = begin(stand, operation, Step.APPLY);
        Attempt newest = begin(stand, operation, Step.VERIFY);

        Failures.assertRetryable(
                        FailureCode.STALE_ATTEMPT, () -> stand.ledger.attempts().succeed(stale, Map.of()))
                .withMessageContaining("another worker has taken over");
        stand.ledger.attempts().succeed(newest, Map.of());

        assertThat(outcomes(stand, operation)).containsExactly("unknown", "succeeded");
    }

    @OnEachDatabase
    void a_refused_success_leaves_the_transaction_of_the_caller_usable(LedgerStand stand) {
        long operation = stand.ledger.queued(ORDERS).id();
        Attempt stale = begin(stand, operation, Step.APPLY);
        begin(stand, operation, Step.APPLY);
        boolean committed = stand.ledger.inTransaction(
                () -> !succeeds(stand, stale) && stand.ledger.operations().requestRollback(operation));

        assertThat(committed).isTrue();
        assertThat(stand.ledger.operations().get(operation).rollback()).isTrue();
    }

    @OnEachDatabase
    void success_is_recorded_with_the_callers_transaction(LedgerStand stand) {
        long operation = stand.ledger.queued(ORDERS).id();
        Attempt attempt = begin(stand, operation, Step.APPLY);
        stand.clock.advance(Duration.ofSeconds(3));
        Failures.rolledBack(stand.ledger, () -> stand.ledger.attempts().succeed(attempt, Map.of()));
        assertThat(outcomes(stand, operation)).containsExactly("running");
        assertThat(stand.audit.lines()).hasSize(1);

        stand.ledger.attempts().succeed(attempt, Map.of());
        assertThat(outcomes(stand, operation)).containsExactly("succeeded");
        assertThat(stand.ledger.attempts().list(operation).get(0).finishedAt()).isEqualTo(NOON.plusSeconds(3));
    }

    @OnEachDatabase
    void failures_are_recorded_at_once_and_counted_by_code_in_the_present_round(LedgerStand stand) {
        Attempts attempts = stand.ledger.attempts();
        long operation = stand.ledger.queued(ORDERS).id();
        Failures.rolledBack(
                stand.ledger, () -> attempts.fail(begin(stand, operation, Step.APPLY), Failures.unreachable()));
        attempts.fail(begin(stand, operation, Step.APPLY), Failures.unreachable());
        attempts.fail(
                begin(stand, operation, Step.APPLY),
                new PermanentException(FailureCode.PRINCIPAL_MISSING, "x".repeat(2000)));
        attempts.fail(begin(stand, operation, Step.VERIFY), Failures.unreachable());

        assertThat(attempts.failures(operation, Step.APPLY, FailureCode.TARGET_UNREACHABLE))
                .isEqualTo(2);
        assertThat(attempts.failures(operation, Step.APPLY, FailureCode.PRINCIPAL_MISSING))
                .isEqualTo(1);
        assertThat(attempts.failures(operation, Step.STAGE, FailureCode.TARGET_UNREACHABLE))
                .isZero();
        Entry entry = attempts.list(operation).get(2);
        assertThat(entry.failure()).isEqualTo(FailureCode.PRINCIPAL_MISSING);
        assertThat(entry.message()).hasSize(1000);

        stand.ledger.operations().nextRound(operation, 1, false);
        assertThat(attempts.failures(operation, Step.APPLY, FailureCode.TARGET_UNREACHABLE))
                .isZero();
    }

    @OnEachDatabase
    void an_attempt_has_one_outcome(LedgerStand stand) {
        Attempts attempts = stand.ledger.attempts();
        long operation = stand.ledger.queued(ORDERS).id();
        Attempt abandoned = begin(stand, operation, Step.APPLY);
        Attempt succeeded = begin(stand, operation, Step.APPLY);
        attempts.succeed(succeeded, Map.of());
        attempts.fail(abandoned, Failures.unreachable());
        attempts.fail(succeeded, Failures.unreachable());
        Attempt failed = begin(stand, operation, Step.APPLY);
        attempts.fail(failed, Failures.unreachable());
        Failures.assertRetryable(FailureCode.STALE_ATTEMPT, () -> attempts.succeed(failed, Map.of()));

        assertThat(outcomes(stand, operation)).containsExactly("unknown", "succeeded", "failed");
        assertThat(stand.audit.lines()).hasSize(6);
    }

    @OnEachDatabase
    void a_failure_after_a_success_in_the_same_transaction_does_not_wait_for_itself(LedgerStand stand) {
        Attempts attempts = stand.ledger.attempts();
        long operation = stand.ledger.queued(ORDERS).id();
        Attempt attempt = begin(stand, operation, Step.APPLY);
        Failures.rolledBack(stand.ledger, () -> {
            attempts.succeed(attempt, Map.of());
            attempts.fail(attempt, Failures.unreachable());
        });
        assertThat(outcomes(stand, operation)).containsExactly("running");

        begin(stand, operation, Step.APPLY);
        assertThat(outcomes(stand, operation)).containsExactly("unknown", "running");
    }

    @OnEachDatabase
    void an_attempt_that_its_worker_is_just_finishing_is_not_called_unknown(LedgerStand stand) {
        Attempts attempts = stand.ledger.attempts();
        long operation = stand.ledger.queued(ORDERS).id();
        Attempt slow = begin(stand, operation, Step.APPLY);
        stand.ledger.inTransaction(() -> {
            attempts.succeed(slow, Map.of());
            return Together.run(1, () -> begin(stand, operation, Step.APPLY));
        });

        assertThat(outcomes(stand, operation)).containsExactly("succeeded", "running");
    }

    private static Attempt begin(LedgerStand stand, long operation, Step step) {
        return stand.ledger.attempts().begin(operation, step, TIMEOUT, Map.of());
    }

    private static Predicate<Attempt> is(int round, int number, int fence) {
        return attempt -> attempt.round() == round && attempt.number() == number && attempt.fence() == fence;
    }

    private static List<String> outcomes(LedgerStand stand, long operation) {
        return stand.ledger.attempts().list(operation).stream()
                .map(Entry::outcome)
                .toList();
    }
}
