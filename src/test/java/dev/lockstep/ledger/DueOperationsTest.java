package dev.lockstep.ledger;

import static dev.lockstep.ledger.LedgerStand.BILLING;
import static dev.lockstep.ledger.LedgerStand.NOON;
import static dev.lockstep.ledger.LedgerStand.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationRequest;
import dev.lockstep.domain.OperationStatus;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.Step;
import dev.lockstep.port.Inventory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

class DueOperationsTest {

    private static final int MANY = 200;

    @OnEachDatabase
    void what_is_due_is_queued_for_rotation_the_oldest_first(LedgerStand stand) {
        Inventory inventory = stand.ledger.inventory();
        inventory.register(ORDERS, "orders-db", NOON);
        inventory.register(BILLING, "orders-db", NOON.minusSeconds(60));
        inventory.register(CredentialName.of("prod/shop/postgres/later"), "orders-db", NOON.plusSeconds(1));
        inventory.register(CredentialName.of("prod/shop/postgres/never"), "orders-db", null);

        List<Operation> first = stand.ledger.operations().requestDue(NOON, 1);
        List<Operation> rest = stand.ledger.operations().requestDue(NOON, 10);

        assertThat(first).extracting(Operation::credential).containsExactly(BILLING);
        assertThat(rest).extracting(Operation::credential).containsExactly(ORDERS);
        Operation operation = rest.get(0);
        assertThat(operation.process()).isEqualTo("rotation");
        assertThat(operation.priority()).isEqualTo(Operation.ROUTINE);
        assertThat(operation.status()).isEqualTo(OperationStatus.QUEUED);
        assertThat(operation.requestedBy()).isEqualTo("schedule");
        assertThat(operation.reason()).isEqualTo("due since " + NOON);
        assertThat(operation.queuedAt()).isEqualTo(NOON);
        assertThat(stand.ledger.operations().requestDue(NOON, 10)).isEmpty();
    }

    @OnEachDatabase
    void several_found_at_once_are_numbered_by_their_due_time(LedgerStand stand) {
        stand.ledger.inventory().register(BILLING, "orders-db", NOON);
        stand.ledger.inventory().register(ORDERS, "orders-db", NOON.minusSeconds(60));

        assertThat(stand.ledger.operations().requestDue(NOON, 10))
                .extracting(Operation::credential)
                .containsExactly(ORDERS, BILLING);
    }

    @OnEachDatabase
    void only_active_credentials_without_an_operation_are_due(LedgerStand stand) {
        Inventory inventory = stand.ledger.inventory();
        inventory.register(ORDERS, "orders-db", NOON);
        inventory.register(BILLING, "orders-db", NOON);
        Operation running = stand.ledger.request(BILLING, Operation.REQUESTED);
        inventory.mark(ORDERS, CredentialStatus.CONTAINED);
        assertThat(stand.ledger.operations().requestDue(NOON, 10)).isEmpty();
        inventory.mark(ORDERS, CredentialStatus.UNMANAGED);
        assertThat(stand.ledger.operations().requestDue(NOON, 10)).isEmpty();

        inventory.mark(ORDERS, CredentialStatus.ACTIVE);
        stand.ledger.operations().close(running.id(), Outcome.DECLINED);
        assertThat(stand.ledger.operations().requestDue(NOON, 10)).hasSize(2);
    }

    @OnEachDatabase
    void a_due_time_that_was_left_as_it_was_counts_again_when_the_operation_is_over(LedgerStand stand) {
        stand.ledger.inventory().register(ORDERS, "orders-db", NOON);
        Operation queued = stand.ledger.operations().requestDue(NOON, 1).get(0);
        assertThat(stand.ledger.operations().requestDue(NOON, 1)).isEmpty();

        stand.ledger.operations().close(queued.id(), Outcome.DECLINED);

        assertThat(stand.ledger.operations().requestDue(NOON, 1)).hasSize(1);
    }

    @OnEachDatabase
    void who_takes_over_from_what_was_due_leaves_the_due_time_to_count_again(LedgerStand stand) {
        stand.ledger.inventory().register(ORDERS, "orders-db", NOON);
        Operation queued = stand.ledger.operations().requestDue(NOON, 1).get(0);
        stand.ledger.operations().close(queued.id(), Outcome.SUPERSEDED);
        Operation emergency = stand.ledger.request(ORDERS, Operation.REQUESTED);
        stand.ledger.operations().close(emergency.id(), Outcome.REVOKED);

        assertThat(stand.ledger.operations().requestDue(NOON, 1)).hasSize(1);
    }

    @OnEachDatabase
    void attempts_can_begin_in_an_operation_that_was_due(LedgerStand stand) {
        stand.ledger.inventory().register(ORDERS, "orders-db", NOON);
        long id = stand.ledger.operations().requestDue(NOON, 1).get(0).id();

        assertThat(stand.ledger
                        .attempts()
                        .begin(id, Step.STAGE, Duration.ofSeconds(1), Map.of())
                        .fence())
                .isEqualTo(1);
    }

    @OnEachDatabase
    void queueing_what_is_due_joins_the_transaction_of_the_caller(LedgerStand stand) {
        stand.ledger.inventory().register(ORDERS, "orders-db", NOON);
        Failures.rolledBack(
                stand.ledger,
                () -> assertThat(stand.ledger.operations().requestDue(NOON, 10)).hasSize(1));

        assertThat(stand.ledger.operations().requestDue(NOON, 10)).hasSize(1);
    }

    @OnEachDatabase
    void concurrent_callers_never_queue_a_credential_twice_and_none_is_forgotten(LedgerStand stand) {
        register(stand);
        List<Operation> made = new ArrayList<>();
        Together.run(8, () -> drain(stand)).forEach(made::addAll);
        made.addAll(drain(stand));

        assertThat(made).hasSize(MANY);
        assertThat(made).extracting(Operation::credential).doesNotHaveDuplicates();
        assertThat(stand.ledger.operations().active(1000)).hasSize(MANY);
    }

    @OnEachDatabase
    void requests_that_race_with_the_schedule_leave_one_operation_for_each_credential(LedgerStand stand) {
        register(stand);
        AtomicInteger turn = new AtomicInteger();
        List<Integer> made = Together.run(8, () -> {
            boolean schedule = turn.getAndIncrement() % 2 == 0;
            return schedule ? drain(stand).size() : requestAll(stand);
        });
        int rest = drain(stand).size();

        assertThat(made.stream().mapToInt(Integer::intValue).sum() + rest).isEqualTo(MANY);
        assertThat(stand.ledger.operations().active(1000))
                .hasSize(MANY)
                .extracting(Operation::credential)
                .doesNotHaveDuplicates();
    }

    private static void register(LedgerStand stand) {
        for (int i = 0; i < MANY; i++) {
            stand.ledger.inventory().register(name(i), "orders-db", NOON.minusSeconds(i));
        }
    }

    private static CredentialName name(int i) {
        return CredentialName.of("prod/shop/postgres/app-" + i);
    }

    private static List<Operation> drain(LedgerStand stand) {
        List<Operation> all = new ArrayList<>();
        List<Operation> some;
        do {
            some = stand.ledger.operations().requestDue(NOON, 5);
            all.addAll(some);
        } while (!some.isEmpty());
        return all;
    }

    /** In the order of the schedule, so that both meet again and again. */
    private static int requestAll(LedgerStand stand) {
        int made = 0;
        for (int i = MANY - 1; i >= 0; i--) {
            OperationRequest request =
                    new OperationRequest(name(i), "rotation", Operation.REQUESTED, "alice", "a race");
            made += stand.ledger.operations().request(request).isPresent() ? 1 : 0;
        }
        return made;
    }
}
