package dev.lockstep.ledger;

import static dev.lockstep.ledger.LedgerStand.NOON;
import static dev.lockstep.ledger.LedgerStand.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Attempt;
import dev.lockstep.domain.Claim;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationStatus;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Step;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Attempts;
import java.time.Duration;
import java.util.Map;

/** The engine's transaction stays open while attempts, versions and failures are committed beside it. */
class InterleavingTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @OnEachDatabase
    void a_whole_run_in_one_transaction_never_waits_for_what_is_committed_beside_it(LedgerStand stand) {
        TestLedger ledger = stand.ledger;
        rotateInOneTransaction(ledger, ledger.queued(ORDERS));
        Operation second = ledger.request(ORDERS, Operation.REQUESTED);
        rotateInOneTransaction(ledger, second);

        assertThat(ledger.versions().list(ORDERS))
                .extracting(Version::stage)
                .containsExactly(Stage.DISCARDED, Stage.CURRENT, Stage.DISCARDED, Stage.RETIRED);
        Operation closed = ledger.operations().get(second.id());
        assertThat(closed.status()).isEqualTo(OperationStatus.CLOSED);
        assertThat(closed.processInstance()).isEqualTo("instance");
        assertThat(closed.failureMessage()).isEqualTo("noted beside the end");
        assertThat(ledger.attempts().list(second.id()))
                .extracting(Attempts.Entry::outcome)
                .containsExactly("succeeded", "succeeded", "failed", "succeeded", "succeeded", "succeeded");
    }

    private static void rotateInOneTransaction(TestLedger ledger, Operation operation) {
        Claim claim = ledger.dispatch().claim(NOON, 1, 0, Duration.ofMinutes(1)).get(0);
        long id = operation.id();
        ledger.inTransaction(() -> {
            assertThat(ledger.operations().nextRound(id, 1, false)).isTrue();
            ledger.operations().noteFailure(id, FailureCode.TARGET_BUSY, "noted beside the round");
            ledger.inventory().schedule(ORDERS, NOON.plus(Duration.ofDays(1)));
            step(ledger, id, Step.STAGE);
            SecretRef candidate = ledger.reserve(operation).ref();
            ledger.versions().refingerprint(candidate, "1".repeat(64));
            step(ledger, id, Step.APPLY);
            failedStep(ledger, id);
            promote(ledger, candidate);
            step(ledger, id, Step.VERIFY);
            assertThat(ledger.operations().requestRollback(id)).isTrue();
            ledger.operations().noteFailure(id, FailureCode.TARGET_BUSY, "noted beside the roll-back");
            retirePrevious(ledger);
            step(ledger, id, Step.RETIRE);
            assertThat(ledger.dispatch().bind(claim, "instance")).isTrue();
            step(ledger, id, Step.PROVE_DEAD);
            assertThat(ledger.operations().close(id, Outcome.ROTATED)).isTrue();
            ledger.operations().noteFailure(id, FailureCode.INTERNAL_ERROR, "noted beside the end");
            return id;
        });
    }

    private static void promote(TestLedger ledger, SecretRef candidate) {
        assertThat(ledger.versions().promote(candidate)).isTrue();
        ledger.inventory().rotated(ORDERS, NOON);
        SecretRef other = ledger.versions()
                .reserve(ORDERS, null, "other", "2".repeat(64), "rules")
                .ref();
        ledger.versions().refingerprint(other, "3".repeat(64));
        assertThat(ledger.versions().move(other, Stage.STAGED, Stage.DISCARDED)).isTrue();
    }

    private static void retirePrevious(TestLedger ledger) {
        for (Version old : ledger.versions().in(ORDERS, Stage.PREVIOUS)) {
            assertThat(ledger.versions().move(old.ref(), Stage.PREVIOUS, Stage.RETIRED))
                    .isTrue();
        }
    }

    private static void step(TestLedger ledger, long operation, Step step) {
        Attempt attempt = ledger.attempts().begin(operation, step, TIMEOUT, Map.of());
        ledger.attempts().succeed(attempt, Map.of());
    }

    private static void failedStep(TestLedger ledger, long operation) {
        Attempt attempt = ledger.attempts().begin(operation, Step.VERIFY, TIMEOUT, Map.of());
        ledger.attempts()
                .fail(attempt, new RetryableException(FailureCode.TARGET_UNREACHABLE, "the test's target is away"));
    }
}
