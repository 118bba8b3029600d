package dev.lockstep.ledger;

import static dev.lockstep.ledger.LedgerStand.BILLING;
import static dev.lockstep.ledger.LedgerStand.NOON;
import static dev.lockstep.ledger.LedgerStand.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.InventoryEntry;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationRequest;
import dev.lockstep.domain.OperationStatus;
import dev.lockstep.domain.Outcome;
import dev.lockstep.port.Operations;
import java.time.Duration;

class OperationsTest {

    @OnEachDatabase
    void a_requested_operation_is_queued_and_occupies_the_credential(LedgerStand stand) {
        Operation operation = stand.ledger.queued(ORDERS);

        assertThat(operation)
                .isEqualTo(new Operation(
                        operation.id(),
                        ORDERS,
                        "rotation",
                        OperationStatus.QUEUED,
                        Operation.REQUESTED,
                        "alice",
                        "a test asked",
                        1,
                        false,
                        false,
                        null,
                        null,
                        null,
                        null,
                        NOON,
                        NOON,
                        null));
        assertThat(stand.ledger.operations().active(ORDERS)).contains(operation);
        assertThat(stand.ledger.operations().get(operation.id())).isEqualTo(operation);
    }

    @OnEachDatabase
    void an_occupied_credential_takes_no_second_operation_and_the_transaction_goes_on(LedgerStand stand) {
        Operation operation = stand.ledger.queued(ORDERS);
        Operations operations = stand.ledger.operations();
        boolean goneOn = stand.ledger.inTransaction(() -> {
            assertThat(operations.request(request("again"))).isEmpty();
            return operations.requestRollback(operation.id());
        });

        assertThat(goneOn).isTrue();
        assertThat(operations.history(ORDERS, 10))
                .extracting(Operation::rollback)
                .containsExactly(true);
    }

    @OnEachDatabase
    void a_request_joins_the_transaction_of_the_caller(LedgerStand stand) {
        stand.ledger.inventory().register(ORDERS, "orders-db", null);
        Failures.rolledBack(stand.ledger, () -> stand.ledger.request(ORDERS, Operation.ROUTINE));

        assertThat(stand.ledger.operations().active(ORDERS)).isEmpty();
        assertThat(stand.ledger.request(ORDERS, Operation.ROUTINE).status()).isEqualTo(OperationStatus.QUEUED);
    }

    @OnEachDatabase
    void a_request_for_an_unknown_or_contained_credential_is_refused_with_a_sentence(LedgerStand stand) {
        Operations operations = stand.ledger.operations();
        Failures.assertPermanent(FailureCode.MISCONFIGURED, () -> operations.request(request("unknown")))
                .withMessageContaining("does not know " + ORDERS);

        stand.ledger.inventory().register(ORDERS, "orders-db", null);
        stand.ledger.inventory().mark(ORDERS, CredentialStatus.CONTAINED);
        Failures.assertPermanent(FailureCode.MISCONFIGURED, () -> operations.request(request("contained")))
                .withMessageContaining(ORDERS + " is contained");
    }

    @OnEachDatabase
    void free_text_is_cut_to_the_size_of_its_column(LedgerStand stand) {
        stand.ledger.inventory().register(ORDERS, "orders-db", null);
        String text = "é".repeat(998) + "\0" + "😀".repeat(50);
        Operation operation = stand.ledger.operations().request(request(text)).orElseThrow();
        assertThat(stand.ledger.operations().get(operation.id())).isEqualTo(operation);
        stand.ledger.operations().noteFailure(operation.id(), FailureCode.TARGET_BUSY, text);

        Operation noted = stand.ledger.operations().get(operation.id());
        assertThat(noted.reason()).isEqualTo("é".repeat(998) + " ");
        assertThat(noted.failureMessage()).isEqualTo(noted.reason());
    }

    @OnEachDatabase
    void an_unknown_operation_is_not_found(LedgerStand stand) {
        Operations operations = stand.ledger.operations();

        assertThat(operations.find(4711)).isEmpty();
        assertThat(operations.active(ORDERS)).isEmpty();
        assertThat(operations.requestRollback(4711)).isFalse();
        assertThat(operations.nextRound(4711, 1, true)).isFalse();
        assertThat(operations.close(4711, Outcome.ROTATED)).isFalse();
        Failures.assertPermanent(FailureCode.OPERATION_CLOSED, () -> operations.get(4711))
                .withMessageContaining("op-4711");
    }

    @OnEachDatabase
    void history_is_newest_first_and_active_ones_are_oldest_first(LedgerStand stand) {
        Operations operations = stand.ledger.operations();
        Operation first = stand.ledger.queued(ORDERS);
        operations.close(first.id(), Outcome.DECLINED);
        Operation second = stand.ledger.queued(BILLING);
        Operation third = stand.ledger.request(ORDERS, Operation.EMERGENCY);

        assertThat(operations.history(ORDERS, 10)).extracting(Operation::id).containsExactly(third.id(), first.id());
        assertThat(operations.history(ORDERS, 1)).containsExactly(third);
        assertThat(operations.active(10)).containsExactly(second, third);
        assertThat(operations.active(1)).containsExactly(second);
    }

    @OnEachDatabase
    void the_next_round_begins_once(LedgerStand stand) {
        Operations operations = stand.ledger.operations();
        long id = stand.ledger.queued(ORDERS).id();

        assertThat(Together.run(4, () -> operations.nextRound(id, 1, true))).containsOnlyOnce(true);
        assertThat(operations.get(id).round()).isEqualTo(2);
        assertThat(operations.get(id).newSecret()).isTrue();
        assertThat(operations.nextRound(id, 2, false)).isTrue();
        assertThat(operations.get(id).newSecret()).isFalse();
        operations.close(id, Outcome.KEPT_PREVIOUS);
        assertThat(operations.nextRound(id, 3, false)).isFalse();
        assertThat(operations.requestRollback(id)).isFalse();
    }

    @OnEachDatabase
    void the_failure_noted_last_is_shown_even_when_the_caller_rolls_back(LedgerStand stand) {
        Operations operations = stand.ledger.operations();
        long id = stand.ledger.queued(ORDERS).id();
        operations.noteFailure(id, FailureCode.TARGET_BUSY, "too many clients");
        Failures.rolledBack(
                stand.ledger, () -> operations.noteFailure(id, FailureCode.VERIFY_REFUSED, "does not log in"));

        assertThat(operations.get(id).failure()).isEqualTo(FailureCode.VERIFY_REFUSED);
        assertThat(operations.get(id).failureMessage()).isEqualTo("does not log in");
    }

    @OnEachDatabase
    void an_operation_ends_once_and_frees_the_credential(LedgerStand stand) {
        Operations operations = stand.ledger.operations();
        long id = stand.ledger.queued(ORDERS).id();
        stand.clock.advance(Duration.ofHours(1));

        assertThat(Together.run(4, () -> operations.close(id, Outcome.DECLINED)))
                .containsOnlyOnce(true);
        assertThat(operations.close(id, Outcome.ROTATED)).isFalse();

        Operation closed = operations.get(id);
        assertThat(closed.status()).isEqualTo(OperationStatus.CLOSED);
        assertThat(closed.outcome()).isEqualTo(Outcome.DECLINED);
        assertThat(closed.closedAt()).isEqualTo(NOON.plus(Duration.ofHours(1)));
        assertThat(operations.active(ORDERS)).isEmpty();
        assertThat(operations.request(request("next"))).isPresent();
    }

    @OnEachDatabase
    void the_inventory_shows_how_the_last_operation_ended_and_why_it_failed(LedgerStand stand) {
        Operations operations = stand.ledger.operations();
        long failed = stand.ledger.queued(ORDERS).id();
        operations.noteFailure(failed, FailureCode.TARGET_PERMISSION_DENIED, "may not alter the role");
        operations.close(failed, Outcome.KEPT_PREVIOUS);
        assertThat(entry(stand).lastOutcome()).isEqualTo(Outcome.KEPT_PREVIOUS);
        assertThat(entry(stand).lastFailure()).isEqualTo(FailureCode.TARGET_PERMISSION_DENIED);

        long rotated = stand.ledger.request(ORDERS, Operation.ROUTINE).id();
        operations.noteFailure(rotated, FailureCode.TARGET_BUSY, "only at first");
        operations.close(rotated, Outcome.ROTATED);
        operations.close(rotated, Outcome.SUPERSEDED);
        assertThat(entry(stand).lastOutcome()).isEqualTo(Outcome.ROTATED);
        assertThat(entry(stand).lastFailure()).isNull();
    }

    @OnEachDatabase
    void an_end_that_is_rolled_back_did_not_happen(LedgerStand stand) {
        long id = stand.ledger.queued(ORDERS).id();
        Failures.rolledBack(stand.ledger, () -> stand.ledger.operations().close(id, Outcome.ROTATED));

        assertThat(stand.ledger.operations().get(id).status()).isEqualTo(OperationStatus.QUEUED);
        assertThat(entry(stand).lastOutcome()).isNull();
    }

    private static InventoryEntry entry(LedgerStand stand) {
        return stand.ledger.inventory().find(ORDERS).orElseThrow();
    }

    private static OperationRequest request(String reason) {
        return new OperationRequest(ORDERS, "rotation", Operation.ROUTINE, "alice", reason);
    }
}
